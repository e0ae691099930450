#!/usr/bin/env node
// Starts the command beside this file, `command.js`, and loads its other parts when they are asked for. Compiling them is most
// of what a small question costs, so a build from the sources also leaves what V8 made of each, as `command.cache`. V8 itself
// compares nothing of the source but its length, and code can be made of any source: so the build writes here, for each part,
// a SHA-256 over its source and its compiled code, and other compiled code does not run. The published package has neither
// caches nor digests, and nothing is written here.
"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const DIGESTS = {};

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
  const expected = DIGESTS[name];
  if (expected === undefined) return undefined;
  let code;
  try {
    code = readFileSync(join(__dirname, `${name}.cache`));
  } catch {
    return undefined;
  }
  return digestOf(source, code) === expected ? code : undefined;
}

function digestOf(source, code) {
  return createHash("sha256").update(`${source.length} `).update(source).update(code).digest("hex");
}
