// Without JavaScript: the same Board, read, narrowed and followed by what the server sends alone.

import { BRANDS, THREAD } from "./archive.ts";
import { expect, expectCases, fact, heading, part, rows, test as onEmpty, testImported as test } from "./fixtures.ts";
import { report } from "./program.ts";
import { duration } from "./words.ts";

test.use({ javaScriptEnabled: false });
onEmpty.use({ javaScriptEnabled: false });

onEmpty("an empty database teaches without JavaScript too", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("sundown import twcs FILE", { exact: true })).toBeVisible();
});

test("the Board reads in full", async ({ page, imported }) => {
  const { from, to } = imported.archive;
  const { total } = await report(imported.data, "--from", from, "--to", to);
  await page.goto(`/?from=${from}&to=${to}`);
  await expect(heading(page)).toHaveText("Board");
  const first = part(page, "First response");
  await expect(first).toContainText(`answered only ${duration(total.first_response.p50_s ?? 0)}`);
  await expect(first.getByRole("link", { name: "still waiting" })).toHaveText(`${total.waiting} still waiting`);
  const dots = part(page, "Horizon").getByRole("group").getByRole("link");
  expect(await dots.count()).toBeGreaterThan(0);
  await expect(part(page, "Open complaints").getByRole("listitem")).not.toHaveCount(0);
});

test("filters are submitted as a form", async ({ page, imported }) => {
  const { from, to } = imported.archive;
  await page.goto(`/?from=${from}&to=${to}`);
  await page.getByRole("combobox", { name: "Brand" }).selectOption({ label: BRANDS[1] });
  await page.getByRole("searchbox", { name: "Words in a post" }).fill("question number");
  await page.getByRole("button", { name: "Apply" }).click();
  const asked = new URL(page.url()).searchParams;
  expect([asked.get("from"), asked.get("brand"), asked.get("text")]).toEqual([from, BRANDS[1], "question number"]);
  await expect(page.getByRole("combobox", { name: "Brand" })).toHaveValue(BRANDS[1]);
  const words = ["--brand", BRANDS[1], "--text", "question number"];
  const { total } = await report(imported.data, "--from", from, "--to", to, ...words);
  await part(page, "From complaint to thanks").getByRole("link", { name: "Opened" }).click();
  await expectCases(page, total.cases);
});

test("periods and switches are links", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("navigation", { name: "Clock" }).getByRole("link", { name: "Business hours" }).click();
  await page.getByRole("navigation", { name: "In the period" }).getByRole("link", { name: "Happened" }).click();
  await expect(page).toHaveURL("/?range=all&count=happened&clock=business");
  await expect(page.getByRole("link", { name: "Business hours" })).toHaveAttribute("aria-current", "true");
});

test("own dates are submitted as a form", async ({ page, imported }) => {
  const { from } = imported.archive;
  await page.goto("/?range=all");
  await page.getByRole("button", { name: "Own dates" }).click();
  await page.getByLabel("From", { exact: true }).fill(from);
  await page.getByLabel("To", { exact: true }).fill(from);
  await page.getByRole("button", { name: "Show these days" }).click();
  await expect(page).toHaveURL(`/?from=${from}&to=${from}`);
});

test("definitions and tables open, and lead to a case with its thread", async ({ page, imported }) => {
  const { from, to, cases } = imported.archive;
  await page.goto(`/?from=${from}&to=${to}`);
  const steps = part(page, "First response over time").getByRole("table");
  await expect(steps).toBeHidden();
  await page.getByText("First response as a table").click();
  await expect(steps).toBeVisible();
  await page.getByRole("button", { name: "About First response", exact: true }).click();
  const about = page.getByRole("dialog", { name: "About First response", exact: true });
  await expect(fact(about, "Cases")).toHaveText(`${cases}`);
  await about.getByRole("link", { name: "Show me the cases" }).click();
  await expectCases(page, cases);
  await page.getByRole("searchbox", { name: "Words in a post" }).fill("kettle");
  await page.getByRole("button", { name: "Apply" }).click();
  await expectCases(page, 1);
  await rows(page).getByRole("link").click();
  for (const text of THREAD) await expect(page.getByRole("region", { name: "Story" })).toContainText(text);
});
