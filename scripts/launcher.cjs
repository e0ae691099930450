#!/usr/bin/env node
// Starts the command that lies beside this file as `command.js`. Reading and compiling it is most of what a
// small verification costs, so the build also leaves what V8 made of it, as `command.cache`: V8 takes that
// where it is the version that made it, and compiles as ever where not. Nothing is written here, and the
// cache lies where the code lies: whoever could change the one could change the other.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

// The command sets this as well; V8 refuses code that was compiled under other flags.
setFlagsFromString("--semi-space-growth-factor=1");

const filename = join(__dirname, "command.js");
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, "utf8")}\n})`, {
  filename,
  cachedData: compiledCode(),
});
script.runInThisContext()(exports, require, module, filename, __dirname);

function compiledCode() {
  try {
    return readFileSync(join(__dirname, "command.cache"));
  } catch {
    return undefined;
  }
}
