#!/usr/bin/env node
// Starts the command beside this file, `command.js`. Compiling it is most of what a small verification
// costs, so a build from the sources also leaves what V8 made of it, as `command.cache`. V8 itself compares nothing of
// the source but its length: so the cache begins with a SHA-256 over the source and the compiled code, and counts for
// that source only. The published package has no cache, and nothing is written here.
"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const DIGEST_BYTES = 32;

// The command sets this as well; V8 refuses code that was compiled under other flags.
setFlagsFromString("--semi-space-growth-factor=1");

const filename = join(__dirname, "command.js");
// The build writes one function of CommonJS, in ASCII only, which is decoded fastest as Latin-1: at a megabyte, each
// copy shows in the start.
const source = readFileSync(filename);
const script = new Script(source.latin1Slice(), { filename, cachedData: compiledCode() });
script.runInThisContext()(exports, require, module, filename, __dirname);

function compiledCode() {
  let cache;
  try {
    cache = readFileSync(join(__dirname, "command.cache"));
  } catch {
    return undefined;
  }
  const code = cache.subarray(DIGEST_BYTES);
  return digestOf(source, code).equals(cache.subarray(0, DIGEST_BYTES)) ? code : undefined;
}

function digestOf(source, code) {
  return createHash("sha256").update(source).update(code).digest();
}
