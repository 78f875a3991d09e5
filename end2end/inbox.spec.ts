// An agent's day: who is first, the answer, and that it is never sent twice. The demo's networks are
// real ones over HTTP, with a door at which these tests play the customers.

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator, Page } from "@playwright/test";

import { expect, hydrated, open, testDemo as test } from "./fixtures.ts";
import type { Server } from "./server.ts";

/** The address at which Bluesky of this demo listens. */
async function bluesky(server: Server): Promise<string> {
  const found = /The demo's Bluesky is at (http:\/\/\S+?)\/?\s/.exec(`${server.printed()} `);
  if (!found) throw new Error(`the demo doesn't say where its networks are:\n${server.printed()}`);
  return found[1];
}

interface Posted {
  id: string;
}

/** Lets somebody complain; the case is there when its row is. */
async function complain(server: Server, who: string, text: string, more = {}): Promise<Posted> {
  const answer = await fetch(`${await bluesky(server)}/control/posts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: who, text: `@fairlark.example ${text}`, private: false, ...more }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as Posted;
}

/** How often a text stands on the network, by our account. */
async function standing(server: Server, text: string): Promise<number> {
  const answer = await fetch(`${await bluesky(server)}/control/posts`);
  const all = (await answer.json()) as { post: { text: string; author: { handle: string } } }[];
  return all.filter((it) => it.post.text === text && it.post.author.handle === "fairlark.example").length;
}

async function fail(server: Server, rule: unknown): Promise<void> {
  const answer = await fetch(`${await bluesky(server)}/control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(rule),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

let count = 0;
/** A name nobody else has in this run. */
function somebody(): string {
  count += 1;
  return `ada${process.pid}x${Date.now()}x${count}`;
}

const story = (page: Page): Locator => page.getByRole("region", { name: "Story" });
const composer = (page: Page): Locator => page.locator("form.composer");
const answer = (page: Page): Locator => page.getByLabel("Your answer");

/** Opens the Inbox and in it the case of somebody. */
async function openCase(page: Page, who: string): Promise<void> {
  await page.goto(`/inbox?order=oldest&q=${who}`);
  const link = page.locator(".inbox-row").getByRole("link", { name: who });
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 20_000 });
  await link.click();
  await expect(page).toHaveURL(/\/inbox\/\d+/);
  await expect(page.getByRole("heading", { level: 2, name: who })).toBeVisible();
}

test("an agent answers in the open, and the network has it once", async ({ page, demo, complaints }) => {
  const who = somebody();
  await complain(demo, who, `Gate B14 has nobody at the desk, says ${who}. Who helps?`);
  await openCase(page, who);
  await hydrated(page);
  const text = `On our way to you at B14, ${who}.`;
  await answer(page).fill(text);
  await expect(composer(page).getByText(/\d+ left/)).toBeVisible();
  await composer(page).getByRole("button", { name: /^Reply publicly as @fairlark.example on Bluesky/ }).click();
  await expect(story(page).getByText(/sending in \d+ s/)).toBeVisible();
  await expect(answer(page)).toHaveValue("");
  await expect(story(page).getByText("our answer")).toBeVisible({ timeout: 30_000 });
  expect(await standing(demo, text)).toBe(1);
  await expect(page.getByRole("complementary", { name: "About this case" })).toContainText("First response");
  expect(complaints).toEqual([]);
});

test("what is taken back in time never goes out, and a double click sends once", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `My bag is lost, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  const first = `Not this, ${who}.`;
  await answer(page).fill(first);
  await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
  await story(page).getByRole("button", { name: "Undo" }).click();
  await expect(story(page).getByText(/sending in/)).toBeHidden();
  const second = `But this, ${who}.`;
  await answer(page).fill(second);
  await composer(page).getByRole("button", { name: /^Reply publicly/ }).dblclick();
  await expect(story(page).getByText("our answer")).toBeVisible({ timeout: 30_000 });
  expect(await standing(demo, first)).toBe(0);
  expect(await standing(demo, second)).toBe(1);
});

test("a draft survives a reload, and says where it would go", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `Three calls and no answer, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  await page.getByRole("radio", { name: "Private message" }).check();
  await answer(page).pressSequentially("We have looked and ");
  const kept = page.waitForResponse((it) => it.url().endsWith("/keep_draft"));
  await answer(page).pressSequentially("found it. 🧳 مرحبا");
  expect((await kept).ok()).toBe(true);
  await page.reload();
  await expect(answer(page)).toHaveValue("We have looked and found it. 🧳 مرحبا");
  await expect(page.getByRole("radio", { name: "Private message" })).toBeChecked();
  await expect(composer(page).getByRole("button", { name: /^Send privately as/ })).toBeVisible();
});

test("what is too long is refused with a sentence, and nothing is lost", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `Refund since March, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  const long = "We are sorry. ".repeat(40).trim();
  await answer(page).fill(long);
  await expect(composer(page).locator("output")).toHaveText(/^-\d+ left$/);
  await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
  await expect(composer(page).getByRole("alert")).toContainText("too long: Bluesky takes 300");
  await expect(answer(page)).toHaveValue(long);
});

test("an answer that got lost is looked for, and not sent again", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `Seat 14A was sold twice, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  await fail(demo, { on: "post", fault: "accept_then", ending: "reset", times: 1 });
  const text = `You have 14C now, ${who}.`;
  await answer(page).fill(text);
  await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
  await expect(story(page).getByText("our answer")).toBeVisible({ timeout: 40_000 });
  expect(await standing(demo, text)).toBe(1);
});

async function another(browser: Browser, demo: Server): Promise<Page> {
  const page = await browser.newPage({ baseURL: demo.url });
  await page.goto("/");
  await page.getByRole("button", { name: "Agent", exact: true }).click();
  return page;
}

test("whoever answers second is asked first, and sees who was faster", async ({ page, demo, browser }) => {
  const who = somebody();
  await complain(demo, who, `The app says I never checked in, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  const second = await another(browser, demo);
  await second.goto(page.url());
  await hydrated(second);
  // The second one has the page as it was, and is offline for a moment.
  await second.route("**/load_pane", (route) => route.abort());
  await answer(page).fill(`I see your check-in, ${who}.`);
  await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
  await expect(story(page).getByText(/sending in/)).toBeVisible();
  const late = `Me too, ${who}.`;
  await answer(second).fill(late);
  await second.unroute("**/load_pane");
  await composer(second).getByRole("button", { name: /^Reply publicly/ }).click();
  await expect(composer(second).getByRole("alert")).toContainText("has answered since you looked");
  await expect(answer(second)).toHaveValue(late);
  await expect(composer(second).getByRole("button", { name: "Send it all the same" })).toBeVisible();
  expect(await standing(demo, late)).toBe(0);
  await second.close();
});

test("the whole way by keyboard alone", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `Stuck in Munich, says ${who}.`);
  await openCase(page, who);
  await open(page, `/inbox?q=${who}`);
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: who })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: who })).toBeVisible();
  await page.keyboard.press("r");
  await expect(answer(page)).toBeFocused();
  const text = `We have a room for you, ${who}.`;
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
  await expect(story(page).getByText(/sending in/)).toBeVisible();
  await page.locator(".inbox-name").click();
  await page.keyboard.press("z");
  await expect(story(page).getByText(/sending in/)).toBeHidden();
  expect(await standing(demo, text)).toBe(0);
  await page.keyboard.press("?");
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
});

test("a case is taken, promised, noted and resolved beside its thread", async ({ page, demo }) => {
  const who = somebody();
  await complain(demo, who, `My voucher says invalid, says ${who}.`);
  await openCase(page, who);
  await hydrated(page);
  const side = page.getByRole("complementary", { name: "About this case" });
  await side.getByRole("button", { name: /^Take/ }).click();
  await expect(side).toContainText(/Maya|you/i);
  await page.getByRole("radio", { name: "Note" }).check();
  await answer(page).fill("The voucher system was down since ten.");
  await composer(page).getByRole("button", { name: "Keep the note" }).click();
  await expect(page.getByText("The voucher system was down since ten.").first()).toBeVisible();
  await page.goto("/inbox?view=mine");
  await expect(page.locator(".inbox-row").getByRole("link", { name: who })).toBeVisible();
});

test("nothing on the page is in anybody's way", async ({ page, demo }) => {
  // Six pages, each looked at as a whole.
  test.slow();
  const who = somebody();
  await complain(demo, who, `I can't reach anybody, says ${who}.`);
  await openCase(page, who);
  const here = page.url();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1440, 1920]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open(page, here);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((it) => `${it.id} ${it.nodes[0]?.html}`), `${colorScheme} ${width}`).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, `${colorScheme} ${width} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an agent answers by an ordinary form, and a refusal keeps the text", async ({ page, demo }) => {
    const who = somebody();
    await complain(demo, who, `No blanket on a night flight, says ${who}.`);
    await openCase(page, who);
    const long = "So sorry. ".repeat(60).trim();
    await answer(page).fill(long);
    await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
    await expect(composer(page).getByRole("alert")).toContainText("too long");
    await expect(answer(page)).toHaveValue(long);
    const text = `That was cold, sorry ${who}.`;
    await answer(page).fill(text);
    await composer(page).getByRole("button", { name: /^Reply publicly/ }).click();
    await expect(story(page).getByText(text)).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(story(page).getByText("our answer")).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    expect(await standing(demo, text)).toBe(1);
  });
});
