// What is shown when there is nothing to show: each says why and what to do next.

import { expect, expectCases, heading, open, part, test, testImported } from "./fixtures.ts";

/** Where a living page asks the server. */
const QUESTIONS = /\/fn/;

test("an empty database teaches how the first cases get in", async ({ page, complaints }) => {
  await open(page, "/");
  await expect(page.getByRole("heading", { name: "No complaint has come in yet" })).toBeVisible();
  await expect(page.getByText("sundown import twcs FILE", { exact: true })).toBeVisible();
  await expect(page.getByText("sundown serve --demo", { exact: true })).toBeVisible();
  await expect(part(page, "First response")).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a list without cases says so", async ({ page }) => {
  await open(page, "/cases?show=all");
  await expect(heading(page)).toContainText("0 cases");
  await expect(page.getByText("No case matches")).toBeVisible();
});

test("an address that leads nowhere says so", async ({ page }) => {
  const answer = await page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(heading(page)).toHaveText("There is nothing here");
  await page.getByRole("link", { name: "Back to the Board" }).click();
  await expect(heading(page)).toHaveText("Board");
});

for (const id of ["1", "not-a-number"]) {
  test(`a case that isn't there says so: ${id}`, async ({ page }) => {
    await open(page, `/cases/${id}`);
    await expect(page.getByRole("alert")).toContainText("There is nothing at this address");
    await page.getByRole("main").getByRole("link", { name: "Board" }).click();
    await expect(heading(page)).toHaveText("Board");
  });
}

testImported("a period without cases says where the cases are", async ({ page, imported }) => {
  const { from, to, cases } = imported.archive;
  await open(page, "/?from=2019-05-01&to=2019-05-31");
  await expect(page.getByText("No case opened 1 May – 31 May 2019.")).toBeVisible();
  await page.getByRole("link", { name: "Show that time" }).click();
  await expect(page).toHaveURL(`/?from=${from}&to=${to}`);
  await expect(page.getByText("No case opened")).toHaveCount(0);
  await part(page, "From complaint to thanks").getByRole("link", { name: "Opened" }).click();
  await expectCases(page, cases);
});

testImported("filters that match nothing at any time offer to be cleared", async ({ page }) => {
  await open(page, "/?range=all&text=no+such+words+anywhere");
  await expect(page.getByText("No case matches these filters at any time.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL("/?range=all");
  await expect(page.getByText("No case matches")).toHaveCount(0);
});

testImported("cases that can't be loaded are no empty list, and can be tried again", async ({ page, imported }) => {
  await open(page, "/?range=all");
  await page.route(QUESTIONS, (route) => route.abort());
  await part(page, "First response").getByRole("link", { name: "still waiting" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The cases couldn’t be loaded");
  await expect(alert).toContainText("The server can't be reached");
  await expect(page.getByText("No case matches")).toHaveCount(0);
  await page.unroute(QUESTIONS);
  await alert.getByRole("link", { name: "Try again" }).click();
  await expect(page).toHaveURL("/cases?range=all&show=waiting");
  await expectCases(page, imported.archive.waiting);
});

testImported("a case that can't be loaded can be tried again", async ({ page }) => {
  await open(page, "/cases?range=all&show=waiting");
  await page.route(QUESTIONS, (route) => route.abort());
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("This case couldn’t be loaded");
  await page.unroute(QUESTIONS);
  await alert.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Story" })).toBeVisible();
});

testImported("a Board that can't be loaded can be tried again", async ({ page }) => {
  await open(page, "/?range=all");
  await page.route(QUESTIONS, (route) => route.abort());
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "Quarter" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The Board couldn’t be loaded");
  await page.unroute(QUESTIONS);
  await alert.getByRole("link", { name: "Try again" }).click();
  await expect(page).toHaveURL("/?range=90d");
  await expect(part(page, "First response")).toBeVisible();
});

testImported("a Board that loses its server keeps what it knew and says since when", async ({ page }) => {
  await open(page, "/?range=all");
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  await page.route(QUESTIONS, (route) => route.abort());
  await expect(page.getByText("not live since")).toBeVisible({ timeout: 15_000 });
  await expect(part(page, "First response")).toBeVisible();
  await page.unroute(QUESTIONS);
  await expect(page.getByText("live", { exact: true })).toBeVisible({ timeout: 15_000 });
});
