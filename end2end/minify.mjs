// Makes scripts small in place: `node minify.mjs FILE…`. Called when the site is built for release.

import { readFile, writeFile } from "node:fs/promises";

import { transform } from "esbuild";

for (const file of process.argv.slice(2)) {
  const { code } = await transform(await readFile(file, "utf8"), { minify: true, format: "esm", logLevel: "error" });
  await writeFile(file, code);
}
