// Bundles the widget into one file, ../static/widget.js, whose first line names the sources that it was made of.

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const TARGET = ["chrome125", "firefox129", "safari17.5"];

// tests/ui/widget/test_built_file.py computes the same.
async function fingerprint() {
  const names = (await readdir(`${FOLDER}src`, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(FOLDER.length));
  const hash = createHash("sha256");
  for (const name of [...names, "build.mjs", "package.json"].sort()) {
    hash.update(`${name}\0`).update(await readFile(FOLDER + name)).update("\0");
  }
  return hash.digest("hex");
}

const styleSheets = {
  name: "style-sheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf-8"), { loader: "css", minify: true, target: TARGET });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: [`${FOLDER}src/main.js`],
  outfile: `${FOLDER}../static/widget.js`,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: TARGET,
  plugins: [styleSheets],
  banner: { js: `/* Footnote's widget; built by "make widget" from sources sha256:${await fingerprint()} */` },
});
