// Loaded before the command that scans (node --require): refuses what a scan has no need of, and writes it down, as the
// command could catch an error. Node's permission model lets network, import() and links to files outside pass.
"use strict";
const fs = require("node:fs");
const { appendFileSync, realpathSync } = fs;
const { registerHooks } = require("node:module");
const { join, sep } = require("node:path");
const { fileURLToPath } = require("node:url");

/** GUARD_LOG: the folder for what was refused. GUARD_PACKAGE: the only folder with modules. GUARD_MODELS: what may be read beside it. */
const { GUARD_LOG = "", GUARD_PACKAGE = "", GUARD_MODELS = "" } = process.env;
const readable = [GUARD_PACKAGE, GUARD_MODELS];

function refuse(what) {
  appendFileSync(join(GUARD_LOG, "refused"), `${what}\n`);
  throw new Error(`refused: ${what}`);
}

function isInside(path, folder) {
  return path === folder || path.startsWith(folder + sep);
}

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith("node:")) return resolved;
    const path = resolved.url.startsWith("file:") ? realpathSync(fileURLToPath(resolved.url)) : resolved.url;
    return isInside(path, GUARD_PACKAGE) ? resolved : refuse(`module ${path}`);
  },
});

const SOCKETS = {
  "node:net": ["connect", "createConnection", "createServer"],
  "node:dgram": ["createSocket"],
  "node:dns": ["lookup", "resolve"],
  "node:http": ["request", "get", "createServer"],
  "node:https": ["request", "get", "createServer"],
  "node:http2": ["connect", "createServer"],
};
for (const [name, calls] of Object.entries(SOCKETS)) {
  const exports = require(name);
  for (const call of calls) exports[call] = () => refuse(`socket ${name} ${call}`);
}
require("node:net").Socket.prototype.connect = () => refuse("socket connect");
globalThis.fetch = () => refuse("socket fetch");
globalThis.WebSocket = function WebSocket() {
  refuse("socket WebSocket");
};

function checkPath(path) {
  if (typeof path !== "string" && !(path instanceof URL) && !Buffer.isBuffer(path)) return;
  let real = String(path instanceof URL ? fileURLToPath(path) : path);
  try {
    real = realpathSync(real);
  } catch {
    // A path without a file: opening it fails by itself.
  }
  if (!readable.some((folder) => isInside(real, folder))) refuse(`file ${real}`);
}

for (const [holder, names] of [
  [fs, ["open", "openSync", "readFile", "readFileSync", "createReadStream", "opendir", "opendirSync", "readdir", "readdirSync"]],
  [fs.promises, ["open", "readFile", "opendir", "readdir"]],
]) {
  for (const name of names) {
    const original = holder[name];
    holder[name] = function (path, ...rest) {
      checkPath(path);
      return original.call(this, path, ...rest);
    };
  }
}
