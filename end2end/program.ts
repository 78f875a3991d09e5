// Runs the executable under test as somebody at a terminal would.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** An empty folder with room for one database. */
export interface Scratch {
  folder: string;
  /** What SUNDOWN_DATABASE_URL says. */
  database: string;
  remove(): Promise<void>;
}

export async function scratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), "sundown-data-"));
  return {
    folder,
    database: `sqlite://${join(folder, "sundown.db")}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * The environment of a program under test: what the machine has, without settings of Sundown's that
 * whoever runs the tests happens to have, and with those given.
 */
export function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const machine = Object.entries(process.env).filter(([key]) => !key.startsWith("SUNDOWN_"));
  return { ...Object.fromEntries(machine), ...settings };
}

/** What one command prints to its standard output. */
export async function sundown(at: Scratch, ...args: string[]): Promise<string> {
  const program = process.env.SUNDOWN_BIN;
  if (!program) throw new Error("SUNDOWN_BIN names no executable; run `cargo xtask e2e`");
  const env = environment({ SUNDOWN_DATABASE_URL: at.database });
  const { stdout } = await promisify(execFile)(program, args, { cwd: at.folder, env });
  return stdout;
}

/** A row of `sundown report --json`, as far as tests read it. */
export interface Figures {
  cases: number;
  answered: number;
  waiting: number;
  first_response: {
    n: number;
    p50_s: number | null;
    p90_s: number | null;
    km_p50_s: number | null;
    km_p90_s: number | null;
  };
}

export interface Report {
  total: Figures;
  groups: (Figures & { key: string })[];
}

export async function report(at: Scratch, ...args: string[]): Promise<Report> {
  return JSON.parse(await sundown(at, "report", "--json", ...args));
}
