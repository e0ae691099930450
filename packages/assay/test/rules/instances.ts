import type { Rule } from "./rule.ts";

const instance = { file: "src/roots/private-instance.ts", test: "test/roots/private-instance.test.ts" };
const find = { file: "src/roots/find.ts", test: "test/roots/unreachable.test.ts" };

/** Where trusted roots come from, and how old they may be. */
export const rules: readonly Rule[] = [
  {
    ...instance,
    rule: "an instance whose tokens would travel without TLS is not written down",
    text: 'if (parsed.protocol === "https:" || isLoopback(parsed)) return;',
    replacement: "if (parsed.host.length > 0) return;",
  },
  {
    ...instance,
    rule: "a certificate log with an Ed25519 key is not written down",
    text: 'if (ctKey.kind === "ed25519") {',
    replacement: 'if (ctKey.kind === "ed25519" && issuer === "") {',
  },
  {
    file: "src/roots/authority-chain.ts",
    test: "test/roots/private-instance.test.ts",
    rule: "a root alone is not a chain of a certificate authority",
    text: "if (others.length === 0 && (await isSelfSigned(end))) {",
    replacement: "if (others.length < 0 && (await isSelfSigned(end))) {",
  },
  {
    ...find,
    rule: "a repository that could not be reached is left alone for a short while",
    text: 'if (error.code === "SERVER_UNREACHABLE") cache?.rest(network, now);',
    replacement: "",
  },
  {
    ...find,
    rule: "a repository is asked where a person asks for a refresh, however recently it could not be reached",
    text: "maxAge > 0 && hasOther ?",
    replacement: "hasOther ?",
  },
  {
    ...find,
    rule: "a repository is asked without a usable root",
    text: "maxAge > 0 && hasOther ?",
    replacement: "maxAge > 0 ?",
  },
  {
    file: "src/roots/trust-cache.ts",
    test: "test/roots/unreachable.test.ts",
    rule: "a failure from another network place is not remembered here",
    text: "return where === place && failed",
    replacement: "return failed",
  },
];
