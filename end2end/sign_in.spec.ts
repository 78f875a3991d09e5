// From the first start to the last sign-out, as people do it.

import { createHmac } from "node:crypto";

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, heading, hydrated, test } from "./fixtures.ts";
import { FIRST, type Server, setUp, setupLink, startServer } from "./server.ts";

// Everybody comes as a stranger.
test.use({ storageState: { cookies: [], origins: [] } });

/** A code of an authenticator app for a secret in base32. */
function code(secret: string, at = Date.now()): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[^A-Z2-7]/g, "")]
    .map((it) => letters.indexOf(it).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((it) => Number.parseInt(it, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const place = hash[19] & 15;
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signIn(page: Page, email = FIRST.email, password = FIRST.password): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function withServer(act: (server: Server) => Promise<void>): Promise<void> {
  const server = await startServer();
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

test("a stranger with the setup link is at work within two minutes", async ({ page, complaints }) => {
  await withServer(async (server) => {
    const begun = Date.now();
    await page.goto(server.url);
    await expect(heading(page)).toHaveText("Nearly there");
    await expect(page.getByText("sundown setup-link")).toBeVisible();
    const link = await setupLink(server);
    await page.goto(link);
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill("password1234");
    await expect(page.locator(".strength")).toContainText(/common|guess/i);
    await page.getByLabel("Password", { exact: true }).fill(FIRST.password);
    await expect(page.locator(".strength")).toContainText("Strong");
    await page.getByLabel("Organisation").fill("Parcel Care");
    await page.getByLabel("First brand").fill("Parcels");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await page.getByRole("button", { name: "Open the Board" }).click();
    await expect(heading(page)).toHaveText("Board");
    await hydrated(page);
    expect(Date.now() - begun).toBeLessThan(120_000);
    await expect(page.getByRole("link", { name: "Ada Lovelace" })).toBeVisible();
    expect(complaints).toEqual([]);
    expect((await page.goto(link))?.status()).toBe(404);
    await expect(heading(page)).toHaveText("This link doesn't work any more");
  });
});

test("the setup chooses the browser's own zone", async ({ browser }) => {
  await withServer(async (server) => {
    const context = await browser.newContext({ timezoneId: "Pacific/Auckland" });
    const page = await context.newPage();
    await page.goto(await setupLink(server));
    await expect(page.getByLabel("Time zone")).toHaveValue("Pacific/Auckland");
    await context.close();
  });
});

test("somebody signs in and goes on to where they wanted to", async ({ page, server, complaints }) => {
  await page.goto(`${server.url}/cases?show=all`);
  await expect(heading(page)).toHaveText("Sign in");
  await signIn(page);
  await expect(page).toHaveURL(`${server.url}/cases?show=all`);
  await hydrated(page);
  expect(complaints).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
  await page.goto(`${server.url}/cases`);
  await expect(heading(page)).toHaveText("Sign in");
});

test("a wrong password says so and keeps the address that was typed", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, "nobody@example.com", "not the right one");
  await expect(page.getByRole("alert")).toContainText("don't belong together");
  await expect(page.getByLabel("E-mail address")).toHaveValue("nobody@example.com");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
});

test("nothing leads away after signing in", async ({ page, server }) => {
  await page.goto("/sign-in?next=https://evil.example/");
  await signIn(page);
  await expect(page).toHaveURL(`${server.url}/`);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("setup, invitation and sign-out work with plain forms", async ({ page }) => {
    await withServer(async (server) => {
      await page.goto(await setupLink(server));
      await page.getByLabel("Your name").fill("Ada Lovelace");
      await page.getByLabel("E-mail address").fill("ada@example.com");
      await page.getByLabel("Password", { exact: true }).fill(FIRST.password);
      await page.getByLabel("Organisation").fill("Parcel Care");
      await page.getByLabel("First brand").fill("Parcels");
      await page.getByRole("button", { name: "Open the Board" }).click();
      await expect(heading(page)).toHaveText("Board");
      await page.getByRole("link", { name: "Settings" }).click();
      await page.getByRole("main").getByRole("link", { name: "People" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Femi Adeyemi");
      await page.getByLabel("E-mail address").fill("femi@example.com");
      await page.getByRole("radio", { name: /^Lead/ }).check();
      await page.getByRole("button", { name: "Make the invitation" }).click();
      const link = await page.getByLabel("The link").inputValue();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.goto(link);
      await expect(heading(page)).toHaveText("Welcome, Femi Adeyemi");
      await page.getByLabel("New password").fill("harbour violin thistle");
      await page.getByLabel("The same again").fill("harbour violin thistle");
      await page.getByRole("button", { name: "Join" }).click();
      await expect(page.getByRole("link", { name: "Femi Adeyemi" })).toBeVisible();
      // Not a lead's to open.
      expect((await page.goto(`${server.url}/settings/people`))?.status()).toBe(403);
      await expect(heading(page)).toHaveText("This isn't yours to open");
    });
  });
});

test("an app is set up, asked for, and its codes work once", async ({ page }) => {
  await withServer(async (server) => {
    await setUp(server);
    await page.context().addCookies(server.cookies);
    await page.goto(`${server.url}/account`);
    await hydrated(page);
    await page.getByRole("button", { name: "Set up an app" }).click();
    const secret = (await page.locator(".qr-letters").textContent()) ?? "";
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Switch on" }).click();
    await expect(page.getByRole("alert")).toContainText("This code isn't valid");
    await expect(page.locator(".qr-letters")).toHaveText(secret);
    await page.getByLabel("Code").fill(code(secret));
    await page.getByRole("button", { name: "Switch on" }).click();
    const recovery = page.locator(".recovery li");
    await expect(recovery).toHaveCount(10);
    const spare = (await recovery.first().textContent()) ?? "";
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page);
    await expect(heading(page)).toHaveText("One more step");
    await page.goto(`${server.url}/`);
    await expect(heading(page)).toHaveText("One more step");
    await page.getByLabel("Code").fill(spare);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(heading(page)).toHaveText("Board");
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page);
    await page.getByLabel("Code").fill(spare);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("alert")).toContainText("was used already");
  });
});

test("a sign-in elsewhere is seen and ended", async ({ page, browser }) => {
  await withServer(async (server) => {
    await setUp(server);
    const context = await browser.newContext({ storageState: { cookies: server.cookies, origins: [] } });
    const there = await context.newPage();
    await there.goto(server.url);
    await expect(heading(there)).toHaveText("Board");
    await hydrated(there);
    await page.goto(`${server.url}/sign-in`);
    await signIn(page);
    await page.goto(`${server.url}/account`);
    await expect(page.getByText("This browser")).toBeVisible();
    await page.getByRole("button", { name: "End", exact: true }).click();
    await expect(page.getByText("That sign-in has ended.")).toBeVisible();
    // The page that is open there asks to sign in again, and stays.
    await expect(there.getByRole("dialog", { name: "You are signed out" })).toBeVisible({ timeout: 15_000 });
    const tab = context.waitForEvent("page");
    await there.getByRole("dialog").getByRole("link", { name: "Sign in again" }).click();
    const beside = await tab;
    await signIn(beside);
    await expect(heading(beside)).toHaveText("You're signed in again");
    await context.close();
  });
});

test("the demo needs no password, and one can be anybody in it", async ({ page, demo }) => {
  await page.goto(demo.url);
  const group = page.getByRole("group", { name: "A demo: you look as" });
  await expect(group.getByRole("button", { name: "Manager" })).toHaveAttribute("aria-pressed", "true");
  expect((await page.goto(`${demo.url}/settings/people`))?.status()).toBe(403);
  await page.goto(demo.url);
  await group.getByRole("button", { name: "Admin" }).click();
  await expect(page.getByRole("link", { name: "Ingrid Voss" })).toBeVisible();
  await page.goto(`${demo.url}/settings/people`);
  await expect(heading(page)).toHaveText("People");
});

for (const theme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`the doors can be used by everybody: ${theme}, ${width}`, async ({ browser }) => {
      await withServer(async (server) => {
        const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        const link = await setupLink(server);
        const look = async (address: string) => {
          await page.goto(address);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((it) => it.html) }))).toEqual([]);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(over).toBeLessThanOrEqual(0);
        };
        await look(`${server.url}/setup`);
        await look(link);
        await setUp(server);
        await look(`${server.url}/sign-in`);
        await look(link);
        await context.close();
      });
    });
  }
}
