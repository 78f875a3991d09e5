// Invitations by mail, against a real mail server of this test's own.

import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";
import { SMTPServer } from "smtp-server";

import { expect, heading, test } from "./fixtures.ts";
import { type Server, setUp, startServer } from "./server.ts";

// Everybody comes as a stranger.
test.use({ storageState: { cookies: [], origins: [] } });

const PASSWORD = "mail-secret-4711";

interface Mailbox {
  port: number;
  /** What arrived, decoded so far that its lines can be read. */
  mails: string[];
  close(): Promise<void>;
}

/** A mail server on this machine that lets in whoever has the password. */
async function mailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    // On this machine nothing is listened to; anywhere else Sundown insists on TLS.
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === "care" && password === PASSWORD ? done(null, { user: username }) : done(new Error("Wrong password")),
    onData: (stream, _session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        mails.push(text.replace(/=\r?\n/g, "").replace(/=3D/g, "="));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function withMail(port: number, password: string, act: (server: Server) => Promise<void>): Promise<void> {
  const env = {
    SUNDOWN_SMTP_URL: `smtp://care:${password}@127.0.0.1:${port}`,
    SUNDOWN_MAIL_FROM: "Parcel Care <care@example.com>",
  };
  const server = await setUp(await startServer({ env }));
  try {
    await act(server);
    expect(server.printed()).not.toContain(password);
  } finally {
    await server.stop();
  }
}

async function invite(page: Page, server: Server): Promise<string> {
  await page.context().addCookies(server.cookies);
  await page.goto(`${server.url}/settings/people`);
  await page.getByLabel("Name", { exact: true }).fill("Femi Adeyemi");
  await page.getByLabel("E-mail address").fill("femi@example.com");
  await page.getByRole("radio", { name: /^Lead/ }).check();
  await page.getByRole("button", { name: "Make the invitation" }).click();
  return page.getByLabel("The link").inputValue();
}

test("an invitation arrives as a mail that can be read, and its link works", async ({ page }) => {
  const box = await mailbox();
  await withMail(box.port, PASSWORD, async (server) => {
    const link = await invite(page, server);
    await expect(page.getByRole("status")).toContainText("It was also sent to femi@example.com.");
    expect(box.mails).toHaveLength(1);
    const [mail] = box.mails;
    expect(mail).toMatch(/^Subject: Your invitation for Sundown\r$/m);
    expect(mail).toMatch(/^From: "?Parcel Care"? <care@example.com>\r$/m);
    expect(mail).toMatch(/^To: "?Femi Adeyemi"? <femi@example.com>\r$/m);
    expect(mail).toContain("Hello Femi Adeyemi,");
    const sent = /^http\S+\/link\/\S+/m.exec(mail)?.[0].trim();
    expect(sent).toBe(link);
    await page.context().clearCookies();
    await page.goto(sent ?? "");
    await expect(heading(page)).toHaveText("Welcome, Femi Adeyemi");
  });
  await box.close();
});

test("a mail server that refuses, or isn't there, leaves the link on the page", async ({ page }) => {
  const box = await mailbox();
  await withMail(box.port, "wrong-secret-0815", async (server) => {
    const link = await invite(page, server);
    await expect(page.getByRole("status")).toContainText("It couldn't be mailed; hand it on yourself.");
    expect(box.mails).toHaveLength(0);
    await page.context().clearCookies();
    expect((await page.goto(link))?.status()).toBe(200);
  });
  await box.close();
  await withMail(box.port, PASSWORD, async (server) => {
    await invite(page, server);
    await expect(page.getByRole("status")).toContainText("It couldn't be mailed; hand it on yourself.");
    await expect(page.getByLabel("The link")).toHaveValue(/\/link\//);
  });
});
