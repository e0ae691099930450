// In the place of node:crypto in the thread that hashes. When node:crypto is in the snapshot, Node 24 aborts where a thread loads
// it again: its templates are there already (src/crypto/crypto_keys.cc). So the thread takes the native part, which the option
// --expose-internals of the thread alone shows; Node's version is the one that is built in, and tests compare the digests.
"use strict";
const { Hash, getCachedAliases } = require("internal/test/binding").internalBinding("crypto");

const NO_ID = -1;
const aliases = getCachedAliases();

exports.createHash = (algorithm) => {
  const hash = new Hash(algorithm, undefined, aliases[algorithm] ?? NO_ID, aliases);
  return {
    update(bytes) {
      if (!hash.update(bytes)) throw new Error(`${algorithm}: bytes were not hashed`);
    },
    digest: () => hash.digest(),
  };
};

exports.hash = (algorithm, bytes) => {
  const hash = exports.createHash(algorithm);
  hash.update(bytes);
  return hash.digest();
};
