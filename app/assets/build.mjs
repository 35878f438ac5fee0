// Builds what browsers get: app/static/build/ from src/, css/ and fonts/, with a manifest beside it.
// Run by `make assets`. Names carry a hash of their bytes, so browsers may keep them for good; the
// manifest also holds a hash of every source, by which a test notices a forgotten build.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
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
  "story.css": "css/story.css",
};

// The name with a hash of each file that was made, by the name that templates use.
const files = {};

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const named = (name, bytes) => {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}-${sha256(bytes).slice(0, 10)}${name.slice(dot)}`;
};

// A style sheet names a font by its place beside it; browsers get it by the name with the hash.
const hashedFonts = {
  name: "hashed-fonts",
  setup({ onResolve }) {
    onResolve({ filter: /\.woff2$/ }, async ({ path }) => {
      return { path: `/static/build/${files[basename(path)]}`, external: true };
    });
  },
};

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    format: "iife",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    plugins: [hashedFonts],
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
  for (const folder of ["css", "fonts", "src"]) {
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

async function keep(name, bytes) {
  files[name] = named(name, bytes);
  await writeFile(join(target, files[name]), bytes);
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const fonts = (await readdir(join(here, "fonts"))).filter((name) => name.endsWith(".woff2")).sort();
for (const name of fonts) await keep(name, await readFile(join(here, "fonts", name)));
for (const [name, entry] of Object.entries(entries)) await keep(name, await bundle(entry));
await writeFile(
  join(target, "manifest.json"),
  `${JSON.stringify({ files, sources: await hashOfSources() }, null, 2)}\n`,
);
