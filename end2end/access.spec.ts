// Everybody can use every page: by day and at dusk, on a desk and on a phone.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, hydrated, part, test } from "./fixtures.ts";
import type { Server } from "./server.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const PAGES: { name: string; on: "demo" | "empty" | "imported"; path: string }[] = [
  { name: "the Board", on: "demo", path: "/" },
  { name: "the cases", on: "imported", path: "/cases?range=all&show=all" },
  { name: "a case", on: "imported", path: "/cases?range=all&show=all&text=kettle" },
  { name: "an empty Board", on: "empty", path: "/" },
  { name: "one's own account", on: "empty", path: "/account" },
  { name: "the settings", on: "empty", path: "/settings" },
  { name: "the people", on: "empty", path: "/settings/people" },
  { name: "the teams", on: "empty", path: "/settings/teams" },
  { name: "a section of rules", on: "demo", path: "/settings/rules/sundown" },
  { name: "the tokens", on: "empty", path: "/settings/tokens" },
  { name: "the audit log", on: "empty", path: "/audit" },
  { name: "a page that isn't there", on: "empty", path: "/nowhere" },
];

const SIZES = [
  { name: "a desk", width: 1440, height: 900 },
  { name: "a phone", width: 390, height: 844 },
];

async function settled(page: Page): Promise<void> {
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
}

for (const theme of ["day", "dusk"] as const) {
  for (const { name: size, ...viewport } of SIZES) {
    test.describe(`${theme}, ${size}`, () => {
      // On a desk the system's wish decides; on a phone the reader's choice, against the system.
      const isChosen = viewport.width < 1000;
      const isDark = (theme === "dusk") !== isChosen;
      test.use({ viewport, colorScheme: isDark ? "dark" : "light" });

      for (const { name, on, path } of PAGES) {
        test(`${name} can be used by everybody`, async ({ page, complaints, server, demo, imported }) => {
          const servers: Record<typeof on, Server> = { demo, empty: server, imported: imported.server };
          if (isChosen) {
            await page.addInitScript((it) => localStorage.setItem("sundown-theme", it), theme);
          }
          await page.context().addCookies(servers[on].cookies);
          await page.goto(servers[on].url + path);
          await settled(page);
          if (name === "a case") {
            await page.getByRole("main").getByRole("listitem").getByRole("link").click();
            await expect(part(page, "Clocks")).toBeVisible();
          }
          const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
          expect(
            violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((it) => it.html.slice(0, 160)) })),
          ).toEqual([]);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          ).toBeLessThanOrEqual(0);
          // A browser complains about every answer that is a 404.
          const odd = complaints.filter((it) => !(path === "/nowhere" && it.includes("404")));
          expect(odd).toEqual([]);
        });
      }

      test("an open definition can be used by everybody", async ({ page, imported }) => {
        await page.context().addCookies(imported.server.cookies);
        await page.goto(`${imported.server.url}/?range=90d`);
        await settled(page);
        await page.getByRole("button", { name: "About First response", exact: true }).click();
        await expect(page.getByRole("dialog", { name: "About First response", exact: true })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).include("[popover]:popover-open").analyze();
        expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((it) => it.html.slice(0, 160)) }))).toEqual([]);
      });
    });
  }
}
