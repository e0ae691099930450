import type { Rule } from "./rule.ts";

const logs = { file: "src/signing/sigstore/check-logs.ts", test: "test/signing/sigstore/check-logs.test.ts" };
const fulcio = { file: "src/signing/sigstore/fulcio.ts", test: "test/signing/sigstore/lost-certificate.test.ts" };

/** Keyless signing: what is checked before anything is public, and what is said of what may be. */
export const rules: readonly Rule[] = [
  {
    ...logs,
    rule: "the log is in the trusted root now, or nothing is signed",
    text: "if (found.some(({ validFor }) => covers(validFor, now))) return;",
    replacement: "if (found.length > 0) return;",
  },
  {
    ...logs,
    rule: "a log of version 2 is known by the key in its checkpoint, not by its address",
    text: "checkpoint !== undefined ? known.filter((one) => signs(one, checkpoint)) : listed.length > 0",
    replacement: "listed.length > 0",
  },
  { ...logs, rule: "an old root is said to be old", text: "if (!source.isCurrent) return", replacement: 'if (source.name === "") return' },
  {
    file: "src/signing/sigstore/keyless-signer.ts",
    test: "test/signing/sigstore/already-public.test.ts",
    rule: "the logs are checked before a certificate is asked for",
    text: "      await prepare(http);\n",
    replacement: "",
  },
  {
    file: "src/signing/sigstore/keyless-signer.ts",
    test: "test/signing/sigstore/already-public.test.ts",
    rule: "the logs are checked before a person logs in",
    text: 'await prepare(http);\n      onStep("waiting for log-in");\n      const token = await identitySource.token(signal);',
    replacement: 'onStep("waiting for log-in");\n      const token = await identitySource.token(signal);\n      await prepare(http);',
  },
  {
    ...fulcio,
    rule: "a lost answer of the certificate authority is said to leave open what was issued",
    text: "throw isOpen > 0 ? doubtful(error, asked.token) : error;\n  });",
    replacement: "throw error;\n  });",
  },
  {
    ...fulcio,
    rule: "an answer lost before a refusal counts",
    text: "throw isOpen > 0 || !isRefusal(answer.status) ?",
    replacement: "throw !isRefusal(answer.status) ?",
  },
  {
    ...fulcio,
    rule: "an unusable answer leaves open what was issued",
    text: "throw doubtful(wrong, asked.token);",
    replacement: "throw wrong;",
  },
  {
    ...fulcio,
    rule: "a refusal is a no, after which nothing was issued",
    text: "return status >= 400 && status < 500",
    replacement: "return status >= 600 && status < 700",
  },
  {
    file: "src/signing/check-own-signature.ts",
    test: "test/signing/check-own-signature.test.ts",
    rule: "a witness that the trusted root does not list is refused beside one that it lists",
    text: "if (trust.trustedRoot !== undefined && witnessed.unknownWitness !== undefined) throw witnessed.unknownWitness;",
    replacement: "",
  },
  {
    file: "src/signing/sigstore/witness.ts",
    test: "test/signing/sigstore/keyless-signer.test.ts",
    rule: "another timestamp authority is asked where any may be",
    text: "if (next !== undefined) return timestampBy(next);",
    replacement: "if (next === url) return timestampBy(next);",
  },
];
