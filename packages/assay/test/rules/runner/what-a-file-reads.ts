import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A file that asks for its own place, or imports the package by its name, may read anything. */
const MAY_READ_ANYTHING = /import\.meta\.(?:dirname|filename|resolve)|\b(?:from|import\() ?"assay[/"]/;
/** Types leave nothing behind when they are stripped. */
const TYPE_IMPORTS = /^(?:import|export) type\b[^;]*?\bfrom "[^"]*";/gm;
/** Every relative path in quotes, up to the first thing that is filled in: imports, and what `new URL` or `join` is given. */
const RELATIVE_PATH = /(["'`])(\.{1,2}\/[^"'`\n$]*)(\$\{)?/g;
/** Files and folders of the repository that a text in quotes names from its root. */
const BY_NAME = /["'`](data|schemas|docs|examples|scripts|bench|packages|[A-Z]+\.md)(?=["'`/])/g;

/**
 * The files that a program reads, by what its text says: what it imports, and what the paths in it name, and what those
 * read in turn. Rather too many than too few: a path that is put together means its whole folder.
 */
export class WhatFilesRead {
  readonly #root: string;
  readonly #direct = new Map<string, readonly string[]>();
  readonly #folders = new Map<string, readonly string[]>();

  /** A copy of the repository; all paths are relative to it. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The file itself and all that it reads, sorted. */
  of(file: string): string[] {
    const found = new Set([file]);
    // A set that grows while it is walked through.
    for (const one of found) for (const other of this.#readBy(one)) found.add(other);
    return [...found].sort();
  }

  #readBy(file: string): readonly string[] {
    const known = this.#direct.get(file);
    if (known !== undefined) return known;
    const found = /\.[cm]?[jt]s$/.test(file) ? this.#namedIn(file) : [];
    this.#direct.set(file, found);
    return found;
  }

  #namedIn(file: string): string[] {
    const text = readFileSync(join(this.#root, file), "utf8").replaceAll(TYPE_IMPORTS, "");
    const found = new Set<string>();
    const add = (path: string): void => {
      for (const one of this.#filesAt(path)) found.add(one);
    };
    if (MAY_READ_ANYTHING.test(text)) add("");
    for (const [, , path = "", isFilledIn] of text.matchAll(RELATIVE_PATH)) {
      const place = join(dirname(file), isFilledIn === undefined || path.endsWith("/") ? path : dirname(path));
      add(place.startsWith("..") ? "" : place);
    }
    for (const [, name = ""] of text.matchAll(BY_NAME)) {
      add(name);
      add(join("packages", "assay", name));
    }
    found.delete(file);
    return [...found];
  }

  /** A file, or all files of a folder. What is not there is text that only looks like a path. */
  #filesAt(path: string): readonly string[] {
    const place = join(this.#root, path);
    if (!existsSync(place)) return [];
    if (statSync(place).isFile()) return [relative(this.#root, place)];
    const known = this.#folders.get(place);
    if (known !== undefined) return known;
    const files = this.#listed(place);
    this.#folders.set(place, files);
    return files;
  }

  #listed(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "node_modules" && name !== "tmp" && !name.startsWith("."))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        return statSync(path).isDirectory() ? this.#listed(path) : [relative(this.#root, path)];
      });
  }
}
