// Starts servers for tests, each in an empty folder of its own and so with its own database.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Cookie } from "@playwright/test";
import { environment } from "./program.ts";

/** How long a server may take until it answers. */
const START_MS = 20_000;

export interface Server {
  /** Such as http://127.0.0.1:41234, without a slash at its end. */
  url: string;
  /** The folder it runs in; gone after `stop`. */
  folder: string;
  /** The sign-in of its first administrator; none before `setUp`, and none in the demo. */
  cookies: Cookie[];
  /** All that it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export interface Options {
  /** After `serve --listen …`. */
  args?: string[];
  env?: Record<string, string>;
  /** An executable other than the one under test. */
  executable?: string;
}

/** Starts one and waits until it says where it is. The system chooses a free port. */
export async function startServer({ args = [], env = {}, executable }: Options = {}): Promise<Server> {
  const program = executable ?? process.env.SUNDOWN_BIN;
  if (!program) throw new Error("SUNDOWN_BIN names no executable; run `cargo xtask e2e`");
  const folder = await mkdtemp(join(tmpdir(), "sundown-server-"));
  const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...args], {
    cwd: folder,
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true, force: true });
  };

  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(`the server ${why}\n${printed}`));
    const late = setTimeout(() => refuse(`did not start in ${START_MS} ms`), START_MS);
    child.once("error", (cause) => refuse(`cannot be run: ${cause.message}`));
    child.once("close", (code) => refuse(`ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        printed += `${line}\n`;
        const found = /Sundown is at (http:\/\/\S+)/.exec(line);
        if (!found) return;
        clearTimeout(late);
        resolve(found[1].replace(/\/$/, ""));
      });
    }
  }).catch(async (failure) => {
    await stop();
    throw failure;
  });
  return { url, folder, cookies: [], printed: () => printed, stop };
}

/** Who sets up servers for tests. */
export const FIRST = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  password: "sextant lamp orchard",
  organisation: "Parcel Care",
  zone: "UTC",
};

/** The link that a server prints while nobody has set it up. */
export async function setupLink(server: Server): Promise<string> {
  for (let wait = 0; wait < 100; wait += 1) {
    const found = /(http:\S+\/setup\/\S+)/.exec(server.printed());
    if (found) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no setup link was printed\n${server.printed()}`);
}

/** Makes the first administrator as the setup's form does, and keeps the sign-in. */
export async function setUp(server: Server): Promise<Server> {
  const link = await setupLink(server);
  // Where an archive was imported there are brands already.
  const brand = (await (await fetch(link)).text()).includes("First brand") ? "Parcels" : "";
  const body = new URLSearchParams({ ...FIRST, brand });
  const answer = await fetch(link, { method: "POST", body, redirect: "manual" });
  const given = /^([^=]+)=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "");
  if (!given) throw new Error(`the setup answered ${answer.status}\n${await answer.text()}`);
  server.cookies = [
    {
      name: given[1],
      value: given[2],
      domain: "127.0.0.1",
      path: "/",
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: "Lax",
    },
  ];
  return server;
}
