// What every spec imports instead of Playwright's own `test`: a server for each worker, and a page
// that reports what the browser complains about.

import { test as base, expect, type Page } from "@playwright/test";

import { type Server, startServer } from "./server.ts";

interface ForTest {
  /** Errors of the page: exceptions, console errors, violations of the content policy. */
  complaints: string[];
}

interface ForWorker {
  server: Server;
}

export const test = base.extend<ForTest, ForWorker>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`${error}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    await use(complaints);
  },
});

/** Waits until the page answers by itself and is no longer only what the server sent. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
}

export { expect };
