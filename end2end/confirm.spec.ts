// The customer's page: no account, no script, by keyboard; looking at it says nothing.

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";

import { expect, testDemo as test } from "./fixtures.ts";

test.use({ javaScriptEnabled: false });

/** Does what a form of the desk would, and returns what it led to. */
async function act(page: Page, form: Record<string, string>): Promise<{ link?: string }> {
  const headers = { accept: "application/json" };
  const answer = await page.request.post("/work", { form, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { link?: string };
}

/** Resolves a case that still waits and asks its customer; the link's path. */
async function asked(page: Page): Promise<string> {
  await page.goto("/cases?show=waiting&range=all");
  const href = await page.locator("a[href^='/cases/']").first().getAttribute("href");
  const id = href?.match(/\d+/)?.[0] ?? "";
  await act(page, { act: "resolve", case: id, remedy: "fixed" });
  const { link } = await act(page, { act: "ask", case: id });
  return link ?? "";
}

/** Looks at a page as a screen reader would; that takes scripts, which the page itself doesn't have. */
async function expectNoBarrier(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  await page.goto(address);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((it) => it.id)).toEqual([]);
  await context.close();
}

test("a customer says yes by keyboard, and is asked to say so in public only then", async ({ page, browser }) => {
  test.slow();
  const link = await asked(page);
  const customer = await browser.newPage({ javaScriptEnabled: false, baseURL: new URL(page.url()).origin });
  await customer.goto(link);
  await expectNoBarrier(browser, customer.url());
  await customer.goto(link);
  const yes = customer.locator("button[value='yes']");
  await expect(yes).toBeVisible();
  await customer.locator("textarea").focus();
  await customer.keyboard.type("Thank you 🙏");
  await customer.keyboard.press("Tab");
  await expect(yes).toBeFocused();
  await customer.keyboard.press("Enter");
  await expect(yes).toBeHidden();
  await expect(customer.locator("details")).toHaveCount(1);
  await expectNoBarrier(browser, new URL(link, customer.url()).href);
  await customer.close();
});

test("a link that was bent opens nothing", async ({ page }) => {
  const link = await asked(page);
  const answer = await page.goto(`${link.slice(0, -3)}AAA`);
  expect(answer?.status()).toBe(404);
});
