import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { keySigner, sign } from "assay";
import { makeKeyPair } from "../../assay/test/support/keys.ts";

/** What every measurement uses. */
export interface Place {
  readonly browser: Browser;
  /** For files; removed at the end. */
  readonly folder: string;
  /** The page's file. */
  readonly html: string;
  /** Scripts of workers: the page's own, and hash-wasm alone. */
  readonly own: string;
  readonly bare: string;
}

export async function bundleBareWorker(): Promise<string> {
  const entry = join(import.meta.dirname, "bare-worker.ts");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", minify: true, write: false });
  return outputFiles[0]?.text ?? "";
}

/** Opens the page, with an input of the benchmark's own beside it: #bench. */
export async function openPage({ browser, html }: Place): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(html).href);
  await page.evaluate(
    "document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'bench', multiple: true }))",
  );
  return page;
}

/** A signed model of files without content, which take no disk, and its key. */
export async function makeModel(
  { folder }: Place,
  name: string,
  files: readonly number[],
): Promise<{ model: string; key: string; paths: string[] }> {
  const model = join(folder, name);
  mkdirSync(model);
  const paths = files.map((size, index) => {
    const path = join(model, `part-${index}.bin`);
    writeFileSync(path, "");
    truncateSync(path, size);
    return path;
  });
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const key = join(dirname(model), `${name}.pub`);
  writeFileSync(key, publicKey);
  await sign(model, { signer: await keySigner({ privateKey }), signature: join(model, "model.sig") });
  return { model, key, paths };
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
