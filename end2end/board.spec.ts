// The Board over an imported archive: every figure is the one that the command line reports, and
// leads to exactly as many cases.

import type { Page } from "@playwright/test";

import { ARABIC, BRANDS, EMOJI, FORMULA, JAPANESE, LONG, MARKUP, NOBODY, THREAD } from "./archive.ts";
import {
  expect,
  expectCases,
  fact,
  heading,
  type Imported,
  open,
  part,
  rows,
  testImported as test,
} from "./fixtures.ts";
import { type Figures, report } from "./program.ts";
import { csv, duration, durationOrNothing, number, percent } from "./words.ts";

/** The archive's days as an address. */
function days({ archive: { from, to } }: Imported): string {
  return `from=${from}&to=${to}`;
}

/** The same days for the command line. */
function span({ archive: { from, to } }: Imported): string[] {
  return ["--from", from, "--to", to];
}

/** Expects the first tile to say what a report says. */
async function expectFirstResponse(page: Page, { cases, waiting, first_response: first }: Figures): Promise<void> {
  const tile = part(page, "First response");
  const median = first.km_p50_s === null ? "> .*" : duration(first.km_p50_s);
  await expect(tile.getByRole("link", { name: "median" })).toHaveText(
    new RegExp(`^${median} median$`.replaceAll(" ", "\\s*")),
  );
  if (first.km_p90_s !== null) await expect(tile).toContainText(`p90 ${duration(first.km_p90_s)}`);
  else await expect(tile).toContainText("p90 not reached");
  await expect(tile.getByRole("link", { name: "still waiting" })).toHaveText(`${waiting} still waiting`);
  if (first.p50_s !== null) await expect(tile).toContainText(`answered only ${duration(first.p50_s)}`);
  const funnel = part(page, "From complaint to thanks").getByRole("listitem");
  await expect(funnel.filter({ hasText: "Opened" })).toContainText(`${cases}`);
}

/** The row of the table of brands or channels. */
function tableRow(page: Page, name: string) {
  const named = page.getByRole("rowheader", { name, exact: true });
  return part(page, "Channels and brands").getByRole("row").filter({ has: named });
}

function filters(page: Page) {
  return page.getByRole("search", { name: "What is shown" });
}

test("an archive is taken in whole, and again adds nothing", async ({ imported }) => {
  const { archive, tally } = imported;
  const told = JSON.parse(tally);
  expect(told).toMatchObject({ rows: archive.rows, accepted: archive.rows, rejected: 0 });
  expect(told.cases).toEqual({ customer: archive.cases - 6, brand: 4, dangling: 2 });
});

for (const [words, address, ...args] of [
  ["from one date to another", ""],
  ["by what happened", "&count=happened", "--count", "happened"],
  ["by business hours", "&clock=business", "--clock", "business"],
  ["of one brand", `&brand=${BRANDS[1]}`, "--brand", BRANDS[1]],
  ["below our own posts", "&origin=brand", "--origin", "brand"],
  ["with a word in a post", "&text=order", "--text", "order"],
] as const) {
  test(`the figures are those of the command line: ${words}`, async ({ page, imported }) => {
    const told = await report(imported.data, ...span(imported), ...args);
    expect(told.total.cases).toBeGreaterThan(0);
    await open(page, `/?${days(imported)}${address}`);
    await expectFirstResponse(page, told.total);
  });
}

test("the figures of all time are those of the command line", async ({ page, imported }) => {
  const told = await report(imported.data);
  expect(told.total.cases).toBe(imported.archive.cases);
  await open(page, "/?range=all");
  await expectFirstResponse(page, told.total);
});

test("each brand's row is its own report", async ({ page, imported }) => {
  const told = await report(imported.data, "--by", "brand", ...span(imported));
  expect(told.groups.map((it) => it.key).sort()).toEqual([...BRANDS, NOBODY.key].sort());
  await open(page, `/?${days(imported)}`);
  for (const { key, cases, answered, waiting, first_response: first } of told.groups) {
    const cells = tableRow(page, key === NOBODY.key ? NOBODY.name : key).getByRole("cell");
    await expect(cells.nth(0)).toHaveText(`${cases}`);
    await expect(cells.nth(1)).toHaveText(percent(answered, cases));
    await expect(cells.nth(2)).toHaveText(`${waiting}`);
    await expect(cells.nth(3)).toHaveText(first.km_p50_s === null ? /^> / : duration(first.km_p50_s));
    await expect(cells.nth(4)).toHaveText(durationOrNothing(first.km_p90_s));
  }
});

test("a day without a picture is a row of the table beside it", async ({ page, imported }) => {
  const told = await report(imported.data, "--by", "day", ...span(imported));
  await open(page, `/?${days(imported)}`);
  const card = part(page, "First response over time");
  await card.getByText("First response as a table").click();
  const steps = card.getByRole("row");
  await expect(steps).toHaveCount(told.groups.length + 1);
  for (const [place, group] of told.groups.entries()) {
    await expect(steps.nth(place + 1).getByRole("cell").nth(0)).toHaveText(`${group.cases}`);
  }
});

test("a brand narrows the Board, survives a reload, and Back widens it", async ({ page, imported, complaints }) => {
  const whole = await report(imported.data, ...span(imported));
  const narrow = await report(imported.data, ...span(imported), "--brand", BRANDS[0]);
  await open(page, `/?${days(imported)}`);
  await expectFirstResponse(page, whole.total);
  const brand = filters(page).getByRole("combobox", { name: "Brand" });
  await brand.selectOption({ label: BRANDS[0] });
  await expect(page).toHaveURL(`/?${days(imported)}&brand=${BRANDS[0]}`);
  await expectFirstResponse(page, narrow.total);
  await page.reload();
  await expect(brand).toHaveValue(BRANDS[0]);
  await expectFirstResponse(page, narrow.total);
  await page.goBack();
  await expect(page).toHaveURL(`/?${days(imported)}`);
  await expectFirstResponse(page, whole.total);
  await expect(brand).toHaveValue("");
  expect(complaints).toEqual([]);
});

test("filters add up and are cleared at once", async ({ page, imported }) => {
  await open(page, `/?${days(imported)}`);
  await filters(page).getByRole("combobox", { name: "Origin" }).selectOption("Below our post");
  await expect(page).toHaveURL(`/?${days(imported)}&origin=brand`);
  const words = filters(page).getByRole("searchbox", { name: "Words in a post" });
  await words.fill("order 2");
  await words.press("Enter");
  await expect(page).toHaveURL(`/?${days(imported)}&origin=brand&text=order%202`);
  const told = await report(imported.data, ...span(imported), "--origin", "brand", "--text", "order 2");
  expect(told.total.cases).toBe(1);
  await expectFirstResponse(page, told.total);
  await page.reload();
  await expect(words).toHaveValue("order 2");
  await filters(page).getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(`/?${days(imported)}`);
  await expect(words).toHaveValue("");
  await expectFirstResponse(page, (await report(imported.data, ...span(imported))).total);
});

// Wrong: every reading of a living Board sets the field back to what the address says (`prop:value`
// in src/ui/kit/filter_bar.rs), so that words typed for longer than five seconds are lost.
test("what is being typed stays while the Board reads anew", async ({ page }) => {
  await open(page, "/?range=all");
  const words = filters(page).getByRole("searchbox", { name: "Words in a post" });
  const before = (await page.getByRole("main").locator("time").first().textContent()) ?? "";
  await words.fill("half a w");
  await expect(page.getByRole("main").locator("time").first()).not.toHaveText(before, { timeout: 15_000 });
  await expect(words).toBeFocused();
  await expect(words).toHaveValue("half a w");
});

test("a brand's name in the table narrows the Board to it", async ({ page, imported }) => {
  await open(page, `/?${days(imported)}`);
  await tableRow(page, BRANDS[2]).getByRole("link", { name: BRANDS[2] }).click();
  await expect(page).toHaveURL(`/?${days(imported)}&brand=${BRANDS[2]}`);
  await expectFirstResponse(page, (await report(imported.data, ...span(imported), "--brand", BRANDS[2])).total);
});

test("each period has its button", async ({ page }) => {
  await open(page, "/");
  const period = page.getByRole("navigation", { name: "Period" });
  for (const [name, address] of [
    ["Today", "/?range=today"],
    ["7 days", "/?range=7d"],
    ["Quarter", "/?range=90d"],
    ["All", "/?range=all"],
    ["30 days", "/"],
  ]) {
    await period.getByRole("link", { name, exact: true }).click();
    await expect(page).toHaveURL(address);
    await expect(period.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "true");
  }
});

test("own dates are chosen by hand", async ({ page, imported }) => {
  const { from, to } = imported.archive;
  await open(page, `/?range=all&brand=${BRANDS[0]}`);
  await page.getByRole("button", { name: "Own dates" }).click();
  await page.getByLabel("From", { exact: true }).fill(from);
  await page.getByLabel("To", { exact: true }).fill(from);
  await page.getByRole("button", { name: "Show these days" }).click();
  await expect(page).toHaveURL(`/?from=${from}&to=${from}&brand=${BRANDS[0]}`);
  await expect(page.getByRole("button", { name: "Show these days" })).toBeHidden();
  const told = await report(imported.data, "--from", from, "--to", from, "--brand", BRANDS[0]);
  await expectFirstResponse(page, told.total);
  expect(to > from).toBe(true);
});

test("clock and attribution are switched, one without losing the other", async ({ page, imported }) => {
  await open(page, `/?${days(imported)}`);
  const clock = page.getByRole("navigation", { name: "Clock" });
  await clock.getByRole("link", { name: "Business hours" }).click();
  await expect(page).toHaveURL(`/?${days(imported)}&clock=business`);
  await expectFirstResponse(page, (await report(imported.data, ...span(imported), "--clock", "business")).total);
  await page.getByRole("navigation", { name: "In the period" }).getByRole("link", { name: "Happened" }).click();
  await expect(page).toHaveURL(`/?${days(imported)}&count=happened&clock=business`);
  const both = ["--clock", "business", "--count", "happened"];
  await expectFirstResponse(page, (await report(imported.data, ...span(imported), ...both)).total);
  await clock.getByRole("link", { name: "Calendar" }).click();
  await expect(page).toHaveURL(`/?${days(imported)}&count=happened`);
});

test.describe("a figure's definition opens, says what it stands on, and leads to its cases", () => {
  for (const [name, figure] of [
    ["First response", async (page: Page) => number((await fact(about(page, "First response"), "Cases").textContent()) ?? "")],
    ["Sundown kept", async (page: Page) => number((await part(page, "Sundown kept").getByText("closed by their sundown").textContent()) ?? "")],
    ["Open now", async (page: Page) => number((await part(page, "Open now").getByRole("link").first().textContent()) ?? "")],
    ["Confirmed by customer", async () => 0],
  ] as const) {
    test(name, async ({ page, imported }) => {
      await open(page, `/?${days(imported)}`);
      await expect(about(page, name)).toBeHidden();
      const cases = await figure(page);
      await page.getByRole("button", { name: `About ${name}`, exact: true }).click();
      await expect(about(page, name)).toBeVisible();
      await expect(fact(about(page, name), "Cases")).toHaveText(`${imported.archive.cases}`);
      await expect(fact(about(page, name), "Counted")).toHaveText("Opened in the period");
      await expect(fact(about(page, name), "Beginning unknown")).toHaveText("2");
      await about(page, name).getByRole("link", { name: "Show me the cases" }).click();
      await expectCases(page, cases);
    });
  }

  function about(page: Page, name: string) {
    return page.getByRole("dialog", { name: `About ${name}`, exact: true, includeHidden: true });
  }

  test("and closes on Escape", async ({ page }) => {
    await open(page, "/?range=all");
    await page.getByRole("button", { name: "About Horizon" }).click();
    await expect(about(page, "Horizon")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(about(page, "Horizon")).toBeHidden();
  });
});

test("each number on a tile leads to as many cases", async ({ page, imported }) => {
  for (const [tile, words] of [
    ["First response", "still waiting"],
    ["Sundown kept", "missed"],
    ["Open now", "below the horizon"],
    ["Confirmed by customer", "disputed"],
  ]) {
    await open(page, `/?${days(imported)}`);
    const link = part(page, tile).getByRole("link", { name: words });
    const cases = number((await link.textContent()) ?? "");
    await link.click();
    await expectCases(page, cases);
  }
});

test("each step from complaint to thanks leads to as many cases", async ({ page, imported }) => {
  for (const step of ["Opened", "Answered", "Closed by sundown"]) {
    await open(page, `/?${days(imported)}`);
    const row = part(page, "From complaint to thanks").getByRole("listitem").filter({ hasText: step });
    const cases = number((await row.innerText()).replace(step, "").trim().split("\n")[0]);
    await row.getByRole("link").click();
    await expectCases(page, step === "Opened" ? imported.archive.cases : cases);
  }
});

test("a list leads to a case with its whole thread", async ({ page, imported, complaints }) => {
  await open(page, `/cases?${days(imported)}&show=all&text=kettle`);
  await expectCases(page, 1);
  await rows(page).getByRole("link").click();
  await expect(page).toHaveURL(/\/cases\/\d+$/);
  const story = page.getByRole("region", { name: "Story" });
  const bodies = story.getByRole("listitem").filter({ hasText: "public" });
  await expect(bodies).toHaveCount(THREAD.length);
  for (const [turn, text] of THREAD.entries()) {
    await expect(bodies.nth(turn)).toContainText(text);
    if (turn % 2 === 1) await expect(bodies.nth(turn)).toContainText("our answer");
  }
  const clocks = page.getByRole("region", { name: "Clocks" });
  await expect(fact(clocks, "First response")).toHaveText("7 min");
  await expect(fact(page.getByRole("region", { name: "Person and outcome" }), "Began")).toHaveText("Customer");
  await page.goBack();
  await expectCases(page, 1);
  expect(complaints).toEqual([]);
});

test("what people write is text and never markup", async ({ page, complaints }) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await open(page, `/cases?range=all&show=all&text=${encodeURIComponent("<script>")}`);
  await expectCases(page, 1);
  await expect(rows(page)).toContainText(MARKUP);
  await rows(page).getByRole("link").click();
  const story = page.getByRole("region", { name: "Story" });
  await expect(story.getByText(MARKUP, { exact: true })).toBeVisible();
  await page.reload();
  await expect(story.getByText(MARKUP, { exact: true })).toBeVisible();
  expect(dialogs).toEqual([]);
  expect(complaints).toEqual([]);
});

for (const [language, text, word] of [
  ["Arabic", ARABIC, "حقيبتي"],
  ["Japanese", JAPANESE, "電車"],
  ["emoji", EMOJI, "🏳️‍🌈"],
]) {
  test(`${language} is found and shown as it was written`, async ({ page }) => {
    await open(page, "/cases?range=all&show=all");
    const words = filters(page).getByRole("searchbox", { name: "Words in a post" });
    await words.fill(word);
    await words.press("Enter");
    await expectCases(page, 1);
    await rows(page).getByRole("link").click();
    const post = page.getByRole("region", { name: "Story" }).getByText(text, { exact: true });
    await expect(post).toHaveAttribute("dir", "auto");
  });
}

test("a post of 5,000 characters is cut in the list and whole in its case", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/cases?range=all&show=all&text=long+story");
  await expectCases(page, 1);
  expect(((await rows(page).textContent()) ?? "").length).toBeLessThan(1_000);
  await rows(page).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Story" })).toContainText(LONG.trim());
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("the list is exported row by row, and no cell is a formula", async ({ page, request, imported }) => {
  await open(page, `/cases?${days(imported)}&show=all`);
  await expectCases(page, imported.archive.cases);
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const answer = await request.get(href ?? "");
  expect(answer.headers()["content-type"]).toContain("text/csv");
  expect(answer.headers()["sundown-rows"]).toBe(`${imported.archive.cases}`);
  const [head, ...lines] = csv(await answer.text());
  expect(lines).toHaveLength(imported.archive.cases);
  expect(head).toContain("first_post");
  expect(lines.every((line) => line.length === head.length)).toBe(true);
  for (const line of lines) for (const cell of line) expect(cell).not.toMatch(/^[=+@\t\r]/);
  const posts = lines.map((line) => line[head.indexOf("first_post")]);
  expect(posts).toContain(`'${FORMULA}`);
  expect(posts).toContain(MARKUP);
});

test("a narrowed list is exported as narrow", async ({ page, request, imported }) => {
  await open(page, `/cases?${days(imported)}&show=waiting&brand=${BRANDS[1]}`);
  const cases = number((await heading(page).getByText("case").textContent()) ?? "");
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const answer = await request.get(href ?? "");
  expect(answer.headers()["sundown-rows"]).toBe(`${cases}`);
  expect(csv(await answer.text())).toHaveLength(cases + 1);
});

test("the Board is exported with the figures of the command line", async ({ page, request, imported }) => {
  await open(page, `/?${days(imported)}`);
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const answer = await request.get(href ?? "");
  const [head, ...lines] = csv(await answer.text());
  expect(answer.headers()["sundown-rows"]).toBe(`${lines.length}`);
  const { total, groups } = await report(imported.data, "--by", "brand", ...span(imported));
  const cell = (line: string[], name: string) => line[head.indexOf(name)];
  const expectFigures = (line: string[], figures: Figures) => {
    const { n, p50_s, km_p50_s, km_p90_s } = figures.first_response;
    const told = ["cases", "answered", "waiting", "n", "p50_s", "km_p50_s", "km_p90_s"].map((it) => cell(line, it));
    expect(told).toEqual([figures.cases, figures.answered, figures.waiting, n, p50_s, km_p50_s, km_p90_s].map((it) => `${it ?? ""}`));
  };
  expectFigures(lines.find((line) => cell(line, "section") === "total") ?? [], total);
  for (const group of groups) {
    const line = lines.find((it) => cell(it, "section") === "brand" && cell(it, "key") === group.key);
    expectFigures(line ?? [], group);
  }
});

test.describe("by keyboard alone", () => {
  test("the first key leads past the rail", async ({ page }) => {
    await open(page, "/?range=all");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
  });

  test("tiles are reached, their definitions open, and a point of the horizon leads to its case", async ({ page, imported }) => {
    // A time that is over: nothing is read anew while keys are pressed.
    await open(page, `/?${days(imported)}`);
    await page.getByRole("main").focus();
    await tabTo(page, "About First response");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "About First response", exact: true })).toBeVisible();
    await page.keyboard.press("Escape");
    await tabTo(page, "still waiting");
    await tabTo(page, "Skip the points");
    const name = await tabTo(page, " late");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/cases\/\d+$/);
    await expect(heading(page)).toHaveText(name.split(":")[0]);
  });

  test("the points can be skipped", async ({ page, imported }) => {
    await open(page, `/?${days(imported)}`);
    await page.getByRole("main").focus();
    await tabTo(page, "Skip the points");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(part(page, "Horizon").getByText("The horizon as a table")).toBeFocused();
  });

  /** Presses Tab until something with these words in its name is focused; answers the name. */
  async function tabTo(page: Page, words: string): Promise<string> {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const here = document.activeElement;
        return here?.getAttribute("aria-label") ?? here?.textContent ?? "";
      });
      if (name.includes(words)) return name;
    }
    throw new Error(`“${words}” isn't reached by Tab`);
  }
});
