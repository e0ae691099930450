import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildPage } from "../build/build-page.ts";

const src = join(import.meta.dirname, "../src");

test("two builds of the page are byte-identical", async () => {
  assert.equal((await buildPage()).html, (await buildPage()).html);
});

test("the page is one file of at most 260 kB, gzipped", async () => {
  const { html } = await buildPage();
  assert.ok(gzipSync(html, { level: 9 }).length <= 260_000);
  // Nothing is fetched: no address but those of specifications and servers that texts name, and none in a tag.
  assert.deepEqual(html.match(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)[^>]*>/g), null);
});

// A policy does not stop navigation, and says nothing of WebRTC: what would do either is not in the page.
const WAYS_OUT: Readonly<Record<string, RegExp>> = {
  "opens a window": /\bopen\s*\(|\.open\b/,
  "goes to another place": /\blocation\b/,
  "sends a form": /<form|["'`]form["'`]\s*[,)]|\.submit\s*\(|requestSubmit/,
  "connects by WebRTC": /RTCPeerConnection|WebTransport/,
  "asks a server": /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts/,
};

for (const [what, pattern] of Object.entries(WAYS_OUT)) {
  test(`nothing in the page ${what}`, async () => {
    const { script } = await buildPage();
    const found = script.match(new RegExp(`.{0,60}(?:${pattern.source}).{0,30}`, "g")) ?? [];
    assert.deepEqual(found, []);
  });
}

test("the page writes no markup and makes no code of text", () => {
  for (const file of globSync("**/*.{ts,tsx}", { cwd: src })) {
    assert.doesNotMatch(
      readFileSync(join(src, file), "utf8"),
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/i,
      file,
    );
  }
});

test("the page imports pure folders, and nothing of Node", () => {
  const table = readFileSync(join(import.meta.dirname, "../../../ARCHITECTURE.md"), "utf8");
  const pure = [...table.matchAll(/^\| `([a-z]+)`\s.*\| yes\s+\|$/gm)].map(([, name]) => name);
  assert.ok(pure.includes("verdict") && pure.length > 8, "the table was read");
  const broken: string[] = [];
  for (const file of globSync("**/*.{ts,tsx}", { cwd: src })) {
    const text = readFileSync(join(src, file), "utf8");
    for (const [line = "", isType, specifier = ""] of text.matchAll(/^import (type )?[^"]*from "([^"]+)";$|^import "([^"]+)";$/gm)) {
      const folder = /\/assay\/src\/([a-z]+)\//.exec(specifier)?.[1];
      if (folder === undefined) {
        if (!specifier.startsWith(".") && !PACKAGES.has(specifier)) broken.push(`${file}: ${line}`);
      } else if (!pure.includes(folder) && isType === undefined && !PURE_FILES.some((name) => specifier.endsWith(name))) {
        broken.push(`${file}: ${line}`);
      }
    }
  }
  assert.deepEqual(broken, []);
});

const PACKAGES = new Set(["preact", "preact/hooks", "hash-wasm"]);
/** Files that import nothing of Node, of folders that do: for a model that is listed, and for the public evaluations. */
const PURE_FILES = [
  "source/lfs-pointer.ts",
  "source/listed-inventory.ts",
  "source/signature-names.ts",
  "catalog/catalog-data.ts",
  "catalog/compare.ts",
  "catalog/evaluated.ts",
  "catalog/filter.ts",
  "catalog/order.ts",
  "catalog/parameters.ts",
];
