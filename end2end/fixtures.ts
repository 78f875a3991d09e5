// What every spec imports instead of Playwright's own `test`: servers that live as long as their
// worker, a page that reports what the browser complains about, and names for what is on a page.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { test as base, expect, type Locator, type Page } from "@playwright/test";

import { type Archive, archive } from "./archive.ts";
import { type Scratch, scratch, sundown } from "./program.ts";
import { type Server, setUp, startServer } from "./server.ts";

/** An imported archive and the server over it. */
export interface Imported {
  archive: Archive;
  /** What the import printed. */
  tally: string;
  data: Scratch;
  server: Server;
}

interface ForTest {
  /** Errors of the page: exceptions, console errors, violations of the content policy. */
  complaints: string[];
}

interface ForWorker {
  /** Nothing has been imported here. */
  server: Server;
  imported: Imported;
  demo: Server;
}

/** On an empty database. A server starts when the first test of a worker asks for it. */
export const test = base.extend<ForTest, ForWorker>({
  server: [
    async ({}, use) => {
      const server = await setUp(await startServer());
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  imported: [
    async ({}, use) => {
      const data = await scratch();
      const it = archive();
      const file = join(data.folder, "archive.csv");
      await writeFile(file, it.csv);
      const tally = await sundown(data, "import", "twcs", file, "--json");
      const server = await setUp(await startServer({ env: { SUNDOWN_DATABASE_URL: data.database } }));
      await use({ archive: it, tally, data, server });
      await server.stop();
      await data.remove();
    },
    { scope: "worker" },
  ],
  demo: [
    async ({}, use) => {
      const server = await startServer({ args: ["--demo"] });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  // Signed in as the first administrator.
  storageState: async ({ server }, use) => use({ cookies: server.cookies, origins: [] }),
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`${error}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    await use(complaints);
  },
});

/** On the imported archive. */
export const testImported = test.extend({
  baseURL: async ({ imported }, use) => use(imported.server.url),
  storageState: async ({ imported }, use) => use({ cookies: imported.server.cookies, origins: [] }),
});

/** On the demo. */
export const testDemo = test.extend({
  baseURL: async ({ demo }, use) => use(demo.url),
  storageState: async ({}, use) => use({ cookies: [], origins: [] }),
});

/** Waits until the page answers by itself and is no longer only what the server sent. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
}

/** Opens an address and waits until it is alive. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await hydrated(page);
}

/** A tile or a card, by its heading. */
export function part(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** The value beside a name, such as “Opened”, in a list of facts. */
export function fact(scope: Locator, name: string): Locator {
  const term = scope.page().locator("dt").getByText(name, { exact: true });
  return scope.locator("dl > div").filter({ has: term }).locator("dd");
}

/** The room's name, with its count where it has one. */
export function heading(page: Page): Locator {
  return page.getByRole("heading", { level: 1 });
}

/** The rows of a list of cases; nothing else on that page is a list. */
export function rows(page: Page): Locator {
  return page.getByRole("main").getByRole("listitem");
}

/** Expects the list to be of so many cases, in its heading and row by row over all its pages. */
export async function expectCases(page: Page, cases: number): Promise<void> {
  await expect(heading(page)).toContainText(cases === 1 ? "1 case" : `${cases} cases`);
  let seen = 0;
  for (let at = 1; ; at += 1) {
    const here = Math.min(50, cases - seen);
    await expect(rows(page)).toHaveCount(here);
    seen += here;
    if (seen === cases) break;
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page.getByText(`Page ${at + 1} of`)).toBeVisible();
  }
}

export { expect };
