#!/usr/bin/env node
// Starts the command beside this file, `command.js`, and loads its other parts when they are asked for. Compiling them is most
// of what a small question costs, so a build from the sources also leaves what V8 made of each, as `command.cache`. V8 itself
// compares nothing of the source but its length: so a cache begins with a SHA-256 over the source and the compiled code, and
// counts for that source only. The published package has no caches, and nothing is written here.
"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const DIGEST_BYTES = 32;

// The command sets this as well; V8 refuses code that was compiled under other flags.
setFlagsFromString("--semi-space-growth-factor=1");

/** Every part that was loaded, by its name. */
const loaded = new Map();
load("command");

function load(name) {
  const filename = join(__dirname, `${name}.js`);
  // The build writes one function of CommonJS, in ASCII only, which is decoded fastest as Latin-1: at a megabyte, each
  // copy shows in the start.
  const source = readFileSync(filename);
  const script = new Script(source.latin1Slice(), { filename, cachedData: compiledCode(name, source) });
  const part = { exports: {}, script, source };
  loaded.set(name, part);
  script.runInThisContext()(part.exports, requireFromPart, part, filename, __dirname);
  return part.exports;
}

function requireFromPart(id) {
  const [, name] = /^\.\/([a-z]+)\.js$/.exec(id) ?? [];
  if (name === undefined) return require(id);
  return loaded.get(name)?.exports ?? load(name);
}

function compiledCode(name, source) {
  let cache;
  try {
    cache = readFileSync(join(__dirname, `${name}.cache`));
  } catch {
    return undefined;
  }
  const code = cache.subarray(DIGEST_BYTES);
  return digestOf(source, code).equals(cache.subarray(0, DIGEST_BYTES)) ? code : undefined;
}

function digestOf(source, code) {
  return createHash("sha256").update(source).update(code).digest();
}
