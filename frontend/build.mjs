// node build.mjs FOLDER: each module of src/ becomes one file whose name holds its hash, what several share becomes
// chunks, and the folder also gets manifest.json (module → file) and the licences of the packages that went in.
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? join(here, "../server/policygraph/web/static/built"));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: readdirSync(join(here, "src"))
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => join("src", name)),
  outdir: folder,
  entryNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
const packages = new Set();
for (const [file, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  if (entryPoint) manifest[basename(entryPoint, ".js")] = basename(file);
  for (const input of Object.keys(inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
}
const licences = [...packages].sort().map((name) => {
  const place = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const file = readdirSync(place).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(place, file), "utf8") : ""}`;
});
writeFileSync(join(folder, "licences.txt"), licences.join("\n\n"));
writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest, null, 1));
