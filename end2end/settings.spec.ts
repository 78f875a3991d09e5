// Settings: rules with versions and lists, with a preview beside the form, with and without
// JavaScript.

import { AxeBuilder } from "@axe-core/playwright";

import { expect, open, part, testDemo } from "./fixtures.ts";

/** The demo, looked at as an administrator. */
const test = testDemo.extend({
  storageState: async ({ demo }, use) => {
    const { hostname } = new URL(demo.url);
    const whom = { name: "sundown-demo", value: "administrator", domain: hostname, path: "/", expires: -1 };
    await use({ cookies: [{ ...whom, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] });
  },
});

const HOLIDAYS = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  ...["20271225/Christmas Day", "20271226/Boxing Day"].flatMap((it) => {
    const [date, name] = it.split("/");
    return ["BEGIN:VEVENT", `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`, "END:VEVENT"];
  }),
  "END:VCALENDAR",
  "",
].join("\r\n");

const SECTIONS = ["Targets", "Sundown", "Staffed hours", "Topics", "Urgency", "Macros", "Retention", "Brands"];

// They change one demo, so one after the other.
test.describe.configure({ mode: "serial" });

test("every section is a step away and can be used by everybody", async ({ page, complaints }) => {
  // Eight pages, each looked at by axe.
  test.slow();
  await open(page, "/");
  await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Settings" }).click();
  for (const name of SECTIONS) {
    // From the overview first, from the list at the side then.
    await page.getByRole("main").getByRole("link", { name: new RegExp(`^${name}`) }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("button", { name: "Save" })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((it) => it.html.slice(0, 160)) }))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  expect(complaints).toEqual([]);
});

test("sundown follows the sun, and shows fourteen days of it while one types", async ({ page }) => {
  await open(page, "/settings/rules/sundown?brand=fairlark");
  const effects = part(page, "What this does");
  await page.getByRole("radio", { name: "when the sun sets at a place" }).check();
  await page.getByRole("textbox", { name: "Place" }).fill("London");
  await page.getByRole("textbox", { name: "Latitude" }).fill("51.5074");
  await page.getByRole("textbox", { name: "Longitude" }).fill("east");
  await expect(page.getByText("isn't a number of degrees")).toBeVisible();
  await page.getByRole("textbox", { name: "Longitude" }).fill("-0.1278");
  await expect(effects).toContainText("at sunset in London");
  await effects.getByText("These days as a table").click();
  await expect(effects.getByRole("row")).toHaveCount(15);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toContainText("version 2, in force");
  await expect(part(page, "Versions").getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("textbox", { name: "Place" })).toHaveValue("London");
});

test("a night reaches across midnight", async ({ page }) => {
  await open(page, "/settings/rules/calendar?brand=wrenfield");
  await page.getByRole("textbox", { name: "Saturday" }).fill("22:00–06:00");
  const effects = part(page, "What this does");
  await expect(effects).toContainText("Saturday: 22:00–06:00 instead of 08:00–20:00.");
  await expect(effects).toContainText("Staffed for 68 h a week instead of 72 h.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toContainText("version 2");
});

test("points put the open cases into another order", async ({ page }) => {
  await open(page, "/settings/urgency");
  const effects = part(page, "What this does");
  await expect(effects.getByRole("listitem").first()).toContainText("1, as before");
  for (const name of ["Waiting", "Due", "Tone"]) await page.getByRole("spinbutton", { name, exact: true }).fill("0");
  await page.getByRole("spinbutton", { name: "Reach", exact: true }).fill("100");
  await expect(effects).toContainText(/, was \d+/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a change is previewed, mended and saved", async ({ page }) => {
    await page.goto("/settings/rules/targets?brand=fairlark");
    await page.getByRole("textbox", { name: "First response" }).first().fill("soon");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/settings\/rules\/targets\?.*first=soon/);
    await expect(page.getByText("“soon” isn't a length of time.")).toBeVisible();
    await page.getByRole("textbox", { name: "First response" }).first().fill("5 min");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(part(page, "What this does")).toContainText("First response: 5 min instead of 15 min.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "First response" }).first()).toHaveValue("5 min");
  });

  test("holidays come from a file, those that are ticked", async ({ page }) => {
    await page.goto("/settings/rules/calendar?brand=fairlark");
    await page.getByLabel("Holiday file").setInputFiles({ name: "uk.ics", mimeType: "text/calendar", buffer: Buffer.from(HOLIDAYS) });
    await page.getByRole("button", { name: "Read file" }).click();
    await page.getByRole("checkbox", { name: /Boxing Day/ }).uncheck();
    await page.getByRole("button", { name: "Add the ticked days" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    await expect(part(page, "Versions")).toContainText("2027-12-25 (Christmas Day): closed.");
    await expect(part(page, "Versions")).not.toContainText("Boxing Day");
  });

  test("a file that is none says which line", async ({ page }) => {
    await page.goto("/settings/rules/calendar?brand=fairlark");
    await page.getByLabel("Holiday file").setInputFiles({ name: "dates.csv", mimeType: "text/csv", buffer: Buffer.from("date,name\n") });
    await page.getByRole("button", { name: "Read file" }).click();
    await expect(page.getByRole("alert")).toContainText("dates.csv couldn’t be read. Line 1");
  });
});
