// `sundown serve --demo`: what somebody sees who starts Sundown for the first time.

import type { Page } from "@playwright/test";

import {
  expect,
  fact,
  heading,
  hydrated,
  open,
  part,
  rows,
  test as onEmpty,
  testDemo as test,
} from "./fixtures.ts";
import { scratch } from "./program.ts";
import { startServer } from "./server.ts";
import { csv, number } from "./words.ts";

/** The seven stories by their customer's account, and what their pages tell. */
const STORIES = [
  {
    title: "the bag is found within a quarter of an hour",
    handle: "noorwinterhalter.sky.example",
    words: "FLK 330918",
    clocks: { "First response": "4 min", "Resolved after": "14 min" },
    person: { Outcome: "Confirmed", "Thanked us": "in public" },
    told: ["Handed to Baggage", "Confirmed by the customer"],
  },
  {
    title: "the influencer waits an hour, then for nobody",
    handle: "idamarlow.sky.example",
    words: "Three rebookings",
    clocks: { "First response": "1 h 01", "Joined in": "3" },
    person: { "Asked again": "1×", "Thanked us": "not in public" },
    told: ["First answer after 1 h 01", "Promise broken", "85 minutes. Nobody came."],
  },
  {
    title: "four days of silence after a receipt",
    handle: "tomw@toot.example",
    words: "You cancelled our flight home",
    clocks: { "First response": "9 min" },
    person: { "Thanked us": "not in public" },
    told: ["Emailed as you asked four days ago", "Promise kept"],
  },
  {
    title: "four minutes, after hours",
    handle: "kahu.ellingham",
    words: "Forty of us at gate A9",
    clocks: { "First response": "4 min", "In staffed time": "0 s" },
    person: { Outcome: "Confirmed", "Thanked us": "in public" },
    told: ["Confirmed by the customer"],
  },
  {
    title: "the deleted post keeps its place",
    handle: "ruth.abernathy",
    words: "Here's the screenshot with the time",
    clocks: { "First response": "1 h 15", "Joined in": "4", "Opened in all": "2×" },
    person: { Began: "Below our post" },
    told: ["Deleted on", "Disputed by the customer", "Reopened, episode 2"],
  },
  {
    title: "five minutes, and asked before thanked",
    handle: "dee_o",
    words: "Frequent flyer number",
    clocks: { "First response": "50 s", "Resolved after": "4 min" },
    person: { Outcome: "Confirmed", "Thanked us": "in public" },
    told: ["Asked whether it is solved", "Confirmed by the customer"],
  },
  {
    title: "the check is in the mail, three times",
    handle: "hassan.karimi@post.example",
    words: "for a router that I sent back",
    clocks: { "First response": "38 min", "Joined in": "5" },
    person: { Outcome: "Confirmed" },
    told: ["Promised: a cheque over £312.40", "Promise broken", "Promise kept"],
  },
] as const;

async function tileNumber(page: Page, tile: string): Promise<number> {
  return number((await part(page, tile).getByRole("link").first().textContent()) ?? "");
}

onEmpty("a newcomer sees a living Board within seconds", async ({ page, complaints }) => {
  const started = Date.now();
  const server = await startServer({ args: ["--demo"] });
  try {
    await page.goto(server.url);
    await expect(heading(page)).toHaveText("Board");
    await hydrated(page);
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(complaints).toEqual([]);
  } finally {
    await server.stop();
  }
});

test("the demo says that it is one, and nothing on its Board is empty", async ({ page, complaints }) => {
  await open(page, "/");
  await expect(page.getByText("demo", { exact: true })).toBeVisible();
  for (const tile of ["First response", "Sundown kept", "Open now", "Confirmed by customer"]) {
    expect(await tileNumber(page, tile)).toBeGreaterThan(0);
  }
  const dots = part(page, "Horizon").getByRole("group", { name: "Open complaints against" }).getByRole("link");
  expect(await dots.count()).toBeGreaterThan(10);
  expect(await part(page, "Open complaints").getByRole("listitem").count()).toBeGreaterThan(5);
  await expect(part(page, "Channels and brands").getByRole("rowheader")).not.toHaveCount(0);
  await expect(part(page, "Coverage, 24 × 7").getByRole("table")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("figures move by themselves while somebody watches", async ({ page, complaints }) => {
  test.setTimeout(120_000);
  await open(page, "/?range=today&compare=off");
  const asOf = page.getByRole("main").locator("time").first();
  const first = await asOf.textContent();
  const figures = async () =>
    (await part(page, "Open now").innerText()) + (await part(page, "From complaint to thanks").innerText()) +
    (await part(page, "Open complaints").getByRole("link").allInnerTexts()).join();
  const before = await figures();
  await expect.poll(() => asOf.textContent(), { timeout: 20_000 }).not.toBe(first);
  await expect.poll(figures, { timeout: 90_000 }).not.toBe(before);
  expect(complaints).toEqual([]);
});

test("the Board waits while a definition is read, and goes on afterwards", async ({ page }) => {
  await open(page, "/");
  const asOf = page.getByRole("main").locator("time").first();
  const first = (await asOf.textContent()) ?? "";
  await page.getByRole("button", { name: "About Sundown kept" }).click();
  const about = page.getByRole("dialog", { name: "About Sundown kept" });
  await expect(about).toBeVisible();
  // Longer than a beat: nothing is asked meanwhile.
  const asked = await page.waitForRequest(/\/fn\//, { timeout: 8_000 }).then(() => true, () => false);
  expect(asked).toBe(false);
  await expect(about).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asOf).not.toHaveText(first, { timeout: 20_000 });
});

test("each word about praise and doubt leads to as many cases", async ({ page }) => {
  for (const [tile, words] of [
    ["Confirmed by customer", "disputed"],
    ["Confirmed by customer", "thanked us"],
    ["Sundown kept", "missed"],
  ]) {
    // Days that are over, so that the demo doesn't add to them.
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    await open(page, `/?from=${day(25)}&to=${day(15)}`);
    const link = part(page, tile).getByRole("link", { name: words });
    const cases = number((await link.textContent()) ?? "");
    await link.click();
    await expect(heading(page)).toContainText(cases === 1 ? "1 case" : `${cases} cases`);
    await expect(rows(page)).toHaveCount(Math.min(cases, 50));
  }
});

for (const { title, handle, words, clocks, person, told } of STORIES) {
  test(`the story is there: ${title}`, async ({ page, complaints }) => {
    await open(page, "/cases?show=all");
    const search = page.getByRole("searchbox", { name: "Words in a post" });
    await search.fill(words);
    await search.press("Enter");
    await expect(heading(page)).toContainText("1 case");
    await rows(page).getByRole("link").click();
    const [clockCard, personCard] = ["Clocks", "Person and outcome"].map((name) => part(page, name));
    await expect(fact(personCard, "Account")).toHaveText(`@${handle}`);
    for (const [name, value] of Object.entries(clocks)) await expect(fact(clockCard, name)).toHaveText(value);
    for (const [name, value] of Object.entries(person)) await expect(fact(personCard, name)).toHaveText(value);
    const story = page.getByRole("region", { name: "Story" });
    for (const text of told) await expect(story).toContainText(text);
    expect(complaints).toEqual([]);
  });
}

test("all seven stories lie in the Board's month, by their accounts", async ({ request }) => {
  const [head, ...lines] = csv(await (await request.get("/export/cases.csv?show=all")).text());
  const handles = lines.map((line) => line[head.indexOf("handle")]);
  for (const { handle } of STORIES) expect(handles).toContain(handle);
});

onEmpty("a demo that is started again goes on where it was", async ({ request }) => {
  const data = await scratch();
  const cases = async (url: string) =>
    csv(await (await request.get(`${url}/export/cases.csv?range=all&show=all`)).text()).map((line) => line[0]);
  try {
    const start = () => startServer({ args: ["--demo"], env: { SUNDOWN_DATABASE_URL: data.database } });
    const once = await start();
    const before = await cases(once.url);
    await once.stop();
    const again = await start();
    expect(again.printed()).toContain("The demo is in this database already; nothing was changed.");
    const after = await cases(again.url);
    await again.stop();
    expect(new Set(after).size).toBe(after.length);
    expect(after).toEqual(expect.arrayContaining(before));
  } finally {
    await data.remove();
  }
});
