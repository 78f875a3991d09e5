// The whole way once: the executable stands alone, the page lives, rooms load when entered.

import { expect, heading, hydrated, test } from "./fixtures.ts";

test("the first page opens and comes alive without complaints", async ({ page, complaints }) => {
  await page.goto("/");
  await expect(heading(page)).toHaveText("Board");
  await hydrated(page);
  expect(complaints).toEqual([]);
});

test("a room is loaded when it is entered", async ({ page, complaints }) => {
  await page.goto("/");
  await hydrated(page);
  const chunk = page.waitForResponse(/\/pkg\/[^/]+\/(?!sundown)[^/]+\.wasm$/);
  await page.getByRole("link", { name: "Cases" }).click();
  expect((await chunk).status()).toBe(200);
  await expect(heading(page)).toContainText("Open now");
  await expect(page).toHaveURL("/cases");
  await expect(page).toHaveTitle("Open now · Sundown");
  expect(complaints).toEqual([]);
});

test("a lazy room opens by its own address", async ({ page, complaints }) => {
  await page.goto("/cases?show=waiting");
  await hydrated(page);
  await expect(heading(page)).toContainText("Waiting for a first answer");
  await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Board" }).click();
  await expect(heading(page)).toHaveText("Board");
  expect(complaints).toEqual([]);
});

test("day and dusk are chosen once and stay", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  const theme = page.getByRole("group", { name: "Theme" });
  await theme.getByRole("button", { name: "Dusk" }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dusk");
  await expect(theme.getByRole("button", { name: "Dusk" })).toHaveAttribute("aria-pressed", "true");
  await theme.getByRole("button", { name: "System" }).click();
  await page.reload();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});
test("what never changes is kept for good, and all of it is compressed", async ({ page, request }) => {
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  await page.goto("/cases");
  await hydrated(page);
  const wasm = asked.filter((url) => url.endsWith(".wasm"));
  expect(wasm.length).toBeGreaterThan(1);
  for (const url of wasm) {
    const answer = await request.get(url, { headers: { "accept-encoding": "br" } });
    const headers = answer.headers();
    expect(headers["content-type"]).toBe("application/wasm");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-encoding"]).toBe("br");
    expect(headers["vary"]).toContain("accept-encoding");
    const again = await request.get(url, {
      headers: { "accept-encoding": "br", "if-none-match": headers["etag"] },
    });
    expect(again.status()).toBe(304);
  }
});

test("an address that leads nowhere says so", async ({ request }) => {
  expect((await request.get("/nowhere")).status()).toBe(404);
  expect((await request.get("/pkg/nothing.js")).status()).toBe(404);
  expect((await request.get("/site.json")).status()).toBe(404);
  expect((await request.get("/cases/7")).status()).toBe(404);
});

test("questions to the server live below /fn/", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  const asked = page.waitForRequest((one) => one.method() === "POST");
  await page.getByRole("link", { name: "Cases" }).click();
  expect(new URL((await asked).url()).pathname).toMatch(/^\/fn\/([^/]+\/)*[^/]+$/);
});

test("a page from before an upgrade offers to load itself again", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.route("**/fn/**", (route) =>
    route.continue({ headers: { ...route.request().headers(), "x-sundown-build": "pkg/yesterday" } }),
  );
  await page.getByRole("link", { name: "Cases" }).click();
  // The room says so too; the bar is there whatever the room does.
  const bar = page.getByRole("alert").filter({ has: page.getByRole("button", { name: "Load again" }) });
  await expect(bar).toBeVisible();
  await page.unroute("**/fn/**");
  await bar.getByRole("button", { name: "Load again" }).click();
  await expect(bar).toHaveCount(0);
});
