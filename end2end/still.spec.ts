// Rooms that the server draws alone: tokens, the audit log, a colleague's erasure; by keyboard, and
// with no byte of the browser's half.

import type { Page } from "@playwright/test";

import { expect, heading, open, test } from "./fixtures.ts";
import { FIRST, type Server, setUp, startServer } from "./server.ts";

// Each on a server of its own, whose password was given a moment ago.
async function withServer(page: Page, act: (server: Server) => Promise<void>): Promise<void> {
  const server = await setUp(await startServer());
  try {
    await page.context().clearCookies();
    await page.context().addCookies(server.cookies);
    await act(server);
  } finally {
    await server.stop();
  }
}

/** Goes on by the tab key until something has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const it = document.activeElement;
      const label = it instanceof HTMLInputElement ? it.labels?.[0]?.textContent : it?.textContent;
      return (label ?? "").trim();
    });
    if (here.startsWith(name)) return;
  }
  throw new Error(`no step leads to ${name}`);
}

test("a token is made by keyboard, shown once, works, and is revoked", async ({ page, request, complaints }) => {
  await withServer(page, async (server) => {
    await open(page, `${server.url}/settings/tokens`);
    await tabTo(page, "Name");
    await page.keyboard.type("Weekly report");
    await tabTo(page, "The Board and its export");
    await page.keyboard.press("Space");
    await tabTo(page, "Make the token");
    await page.keyboard.press("Enter");
    const token = await page.getByLabel("The token").inputValue();
    expect(token).toMatch(/^sundown_[0-9a-f]{64}$/);
    const headers = { authorization: `Bearer ${token}` };
    const board = await request.get(`${server.url}/api/v1/board`, { headers });
    expect(board.status()).toBe(200);
    expect((await request.get(`${server.url}/api/v1/cases`, { headers })).status()).toBe(403);
    await page.goto(`${server.url}/settings/tokens`);
    expect(await page.content()).not.toContain(token);
    await expect(page.getByRole("listitem").filter({ hasText: "Weekly report" })).toContainText("Works");
    await page.getByRole("button", { name: "Revoke Weekly report" }).click();
    await expect(page.getByRole("status")).toContainText("is revoked");
    expect((await request.get(`${server.url}/api/v1/board`, { headers })).status()).toBe(401);
    expect(complaints).toEqual([]);
  });
});

test("the audit log is searched, followed and checked", async ({ page }) => {
  await withServer(page, async (server) => {
    await open(page, `${server.url}/settings`);
    await page.getByRole("complementary", { name: "You" }).getByRole("link", { name: "Audit" }).click();
    await expect(heading(page)).toHaveText("Audit log");
    await page.getByLabel("What").selectOption("organisation.founded");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("row").last()).toContainText(FIRST.name);
    await page.getByRole("button", { name: "Check the whole log" }).click();
    await expect(page.getByRole("status")).toContainText("each as it was written");
    await page.getByLabel("Text").fill("nobody wrote this");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByText("Nothing was found")).toBeVisible();
    const file = await page.request.get(`${server.url}/export/audit.jsonl`);
    expect(JSON.parse((await file.text()).trim().split("\n").at(-1) ?? "").action).toBe("organisation.founded");
  });
});

test("a colleague who left is erased, and the log stays whole", async ({ page }) => {
  await withServer(page, async (server) => {
    await page.goto(`${server.url}/settings/people`);
    await page.getByLabel("Name", { exact: true }).fill("Femi Adeyemi");
    await page.getByLabel("E-mail address").fill("femi@example.com");
    await page.getByRole("button", { name: "Make the invitation" }).click();
    await page.getByRole("link", { name: "Femi Adeyemi" }).click();
    await expect(page.getByRole("button", { name: "Erase" })).toHaveCount(0);
    await page.getByRole("button", { name: "Switch off" }).click();
    await page.getByLabel("Reason").fill("Left, asked for it");
    await page.getByLabel("Their e-mail address").fill("somebody@example.com");
    await page.getByRole("button", { name: "Erase" }).click();
    await expect(page.getByRole("alert")).toContainText("type their e-mail address exactly");
    await page.getByLabel("Reason").fill("Left, asked for it");
    await page.getByLabel("Their e-mail address").fill("femi@example.com");
    await page.getByRole("button", { name: "Erase" }).click();
    await expect(heading(page)).toHaveText("Former colleague 1");
    await page.goto(`${server.url}/audit`);
    await expect(page.getByRole("table")).not.toContainText("Femi");
    await page.getByRole("button", { name: "Check the whole log" }).click();
    await expect(page.getByRole("status")).toContainText("each as it was written");
  });
});

test("these rooms load nothing of the browser's half", async ({ page }) => {
  await withServer(page, async (server) => {
    const loaded: string[] = [];
    page.on("request", (it) => loaded.push(new URL(it.url()).pathname));
    for (const path of ["/settings", "/settings/people", "/settings/rules/targets", "/settings/tokens", "/account", "/audit"]) {
      await open(page, `${server.url}${path}`);
    }
    expect(loaded.filter((it) => /\.(js|wasm)$/.test(it))).toEqual([]);
  });
});

test("a theme that is chosen here holds everywhere", async ({ page }) => {
  await withServer(page, async (server) => {
    await open(page, `${server.url}/settings`);
    await page.getByRole("button", { name: "Dusk" }).click();
    await expect(page.getByRole("button", { name: "Dusk" })).toHaveAttribute("aria-pressed", "true");
    await open(page, `${server.url}/account`);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dusk");
    await page.getByRole("button", { name: "System" }).click();
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", /./);
  });
});

test("a new password says what it is worth", async ({ page }) => {
  await withServer(page, async (server) => {
    await open(page, `${server.url}/account`);
    await page.getByLabel("New password").fill("password1234");
    await expect(page.locator(".strength")).toContainText(/common|guess/i);
    await page.getByLabel("New password").fill("harbour violin thistle");
    await expect(page.locator(".strength")).toContainText("Strong");
  });
});
