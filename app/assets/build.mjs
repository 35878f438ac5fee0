// Builds what browsers get: app/static/build/ from src/ and css/, with a manifest beside it.
// Run by `make assets`. Names carry a hash of their bytes, so browsers may keep them for good; the
// manifest also holds a hash of every source, by which a test notices a forgotten build.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "build");
const entries = {
  "reader.js": "src/reader/reader.ts",
  "worker.js": "src/worker/worker.ts",
  "newsroom.js": "src/newsroom/newsroom.ts",
  "newsroom.css": "css/newsroom.css",
  "reader.css": "css/reader.css",
};

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    format: "iife",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    external: ["/static/*"],
    legalComments: "none",
    // "use strict" would be said again what TypeScript has checked.
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
  });
  const [file] = result.outputFiles;
  return entry.endsWith(".ts") ? squeezed(file.text) : file.contents;
}

// esbuild leaves a function that is called once where it is; put into its caller it costs readers fewer bytes, and
// what the scripts decide can stand in functions of its own, which tests call.
async function squeezed(script) {
  const { code } = await minify(script, { ecma: 2020, compress: { passes: 4, unsafe_arrows: true } });
  return Buffer.from(code);
}

async function sources() {
  const found = [];
  for (const folder of ["css", "src"]) {
    for (const entry of await readdir(join(here, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) found.push(join(entry.parentPath ?? entry.path, entry.name));
    }
  }
  return [...found, join(here, "build.mjs"), join(here, "package-lock.json")];
}

// One line for each file, `hash  path`, in the order of the paths: tests/reader/test_assets.py does the same.
async function hashOfSources() {
  const lines = [];
  for (const file of await sources()) {
    const path = relative(here, file).replaceAll("\\", "/");
    lines.push([path, `${sha256(await readFile(file))}  ${path}\n`]);
  }
  lines.sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(lines.map(([, line]) => line).join(""));
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const files = {};
for (const [name, entry] of Object.entries(entries)) {
  const bytes = await bundle(entry);
  const dot = name.lastIndexOf(".");
  files[name] = `${name.slice(0, dot)}-${sha256(bytes).slice(0, 10)}${name.slice(dot)}`;
  await writeFile(join(target, files[name]), bytes);
}
await writeFile(
  join(target, "manifest.json"),
  `${JSON.stringify({ files, sources: await hashOfSources() }, null, 2)}\n`,
);
