// Rebuild the vendored files from package.json and package-lock.json: see README.md.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const out = process.argv[2];
const tests = process.argv[3];
const fonts = {
  "source-sans-3": ["source-sans-3-latin-wght-normal.woff2"],
  "source-serif-4": ["source-serif-4-latin-wght-normal.woff2", "source-serif-4-latin-wght-italic.woff2"],
};

const result = await build({
  entryPoints: ["entry.js"],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Libraries",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  outfile: join(out, "libraries.min.js"),
});
const inputs = Object.keys(result.metafile.outputs[Object.keys(result.metafile.outputs)[0]].inputs);
const packages = new Set(
  inputs
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter((name) => name !== undefined),
);
const copied = ["libraries.min.js"];
for (const [family, files] of Object.entries(fonts)) {
  packages.add(`@fontsource-variable/${family}`);
  for (const file of files) {
    copyFileSync(join("node_modules/@fontsource-variable", family, "files", file), join(out, file));
    copied.push(file);
  }
}
const texts = new Map();
const lines = [];
for (const name of [...packages].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  lines.push(`- {name: "${name}", version: "${version}", licence: "${license}"}`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
writeFileSync(
  join(out, "NOTICES.txt"),
  [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`).join("\n----\n\n"),
);
if (tests && existsSync(tests)) copyFileSync("node_modules/axe-core/axe.min.js", join(tests, "axe.min.js"));
const sums = copied.map((file) => {
  const sum = createHash("sha256").update(readFileSync(join(out, file))).digest("hex");
  return `- {file: "${basename(file)}", sha256: "${sum}"}`;
});
writeFileSync(
  join(out, "vendor.yaml"),
  `source: npm packages named below, built by build.mjs\nversion: "1"\npackages:\n${lines.join("\n")}\nfiles:\n${sums.join("\n")}\n`,
);
