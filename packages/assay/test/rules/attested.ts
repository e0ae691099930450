import type { Rule } from "./rule.ts";

const test = "test/remote/attested.test.ts";
const server = { file: "src/hashing/files-on-server.ts", test };

/** Digests that a server attests, in the place of bytes that are read. */
export const rules: readonly Rule[] = [
  {
    ...server,
    rule: "a server's digests count only where they are asked for",
    text: 'wanted === "attested" ? attestedDigests',
    replacement: "true ? attestedDigests",
  },
  {
    ...server,
    rule: "a server's SHA-256 is not compared with other digests",
    text: 'if (method === "files" && hash === "sha256") return',
    replacement: "if (true) return",
  },
  {
    file: "src/source/remote/attests.ts",
    test,
    rule: "a SHA-256 that the commit does not lead to attests nothing",
    text: 'digest?.kind === "sha256" && digest.isUnbound !== true',
    replacement: 'digest?.kind === "sha256"',
  },
  {
    file: "src/api/attested-warning.ts",
    test,
    rule: "an answer with attested digests carries a warning that names who attests",
    text: "if (attested === 0 || source === undefined)",
    replacement: "if (true)",
  },
  {
    file: "src/api/opened/with-opened.ts",
    test,
    rule: "attested digests of a model on this machine are a wrong question",
    text: 'if (options.digests === "attested") throw',
    replacement: "if (false) throw",
  },
];
