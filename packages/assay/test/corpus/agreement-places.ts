import { gzipSync } from "node:zlib";

/** A name and place that an agreement could have, and how its bytes would be. */
export interface Place {
  readonly path: string;
  readonly what: string;
  readonly write: (text: string) => string | Uint8Array;
}

const README = `# Granite tools

Granite is a small language model for code. It was trained on 2 trillion tokens of text in eleven languages.

## Installation

    pip install granite-tools

## Usage

    from granite import load
    model = load("granite-7b")
    print(model.generate("def fibonacci(n):"))

## Results

| Task | Score |
| --- | --- |
| HumanEval | 51.2 |
| MBPP | 60.1 |

`;
const asIs = (text: string): string => text;
const paragraphs = (text: string): string[] => text.split(/\n\s*\n/);

/** Twenty places that say nothing of terms, or little. */
export const PLACES: readonly Place[] = [
  { path: "notes.txt", what: "as it is", write: asIs },
  { path: "docs/x.md", what: "as it is", write: asIs },
  { path: "NOTES", what: "no extension", write: asIs },
  { path: "INFO.TXT", what: "in capitals", write: (text) => text.toUpperCase() },
  { path: "a/b/c/d/e/f/page.txt", what: "deep", write: asIs },
  { path: "docs/source/about.rst", what: "under a heading", write: (text) => `About\n=====\n\n${text.replace(/^/gm, "   ")}` },
  {
    path: "docs/index.html",
    what: "HTML",
    write: (text) =>
      `<html><body>${paragraphs(text)
        .map((part) => `<p>${escaped(part)}</p>`)
        .join("\n")}</body></html>`,
  },
  {
    path: "about.txt",
    what: "UTF-16 with a mark",
    write: (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
  },
  { path: "wide.txt", what: "UTF-16, no mark", write: (text) => Buffer.from(text, "utf16le").swap16() },
  { path: "western.txt", what: "Latin-1", write: (text) => Buffer.from(`Für alle, à tous\n\n${text}`, "latin1") },
  { path: "extra.json", what: "a string of JSON", write: (text) => JSON.stringify({ model: "granite", text }) },
  { path: "docs/readme.md", what: "behind a README", write: (text) => README + text },
  { path: "src/model.py", what: "head of code", write: (text) => `${text.replace(/^/gm, "# ")}\n\nimport torch\n` },
  { path: "src/main.cpp", what: "head of code", write: (text) => `/*\n${text.replace(/^/gm, " * ")}\n */\nint main() { return 0; }\n` },
  { path: "info.yaml", what: "a block of YAML", write: (text) => `name: granite\nabout: |\n${text.replace(/^/gm, "  ")}\nsize: 7\n` },
  { path: "docs/guide.md", what: "at the end of a long file", write: (text) => README.repeat(300) + text },
  { path: "history.log", what: "quoted", write: (text) => text.replace(/^/gm, "> ") },
  { path: "notes.txt.gz", what: "compressed", write: (text) => gzipSync(text) },
  { path: "one.md", what: "in one line", write: (text) => text.replace(/\s+/g, " ") },
  { path: "demo.ipynb", what: "a cell of a notebook", write: (text) => notebook(text) },
];

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function notebook(text: string): string {
  const cell = { cell_type: "markdown", metadata: {}, source: text.split(/(?<=\n)/) };
  return JSON.stringify({ cells: [cell, { cell_type: "code", source: ["import torch\n"], outputs: [] }], nbformat: 4 }, undefined, 1);
}
