import { readEvidenceStatement } from "../../src/statement/evidence/read.ts";
import { readStatement } from "../../src/statement/read.ts";
import { parseSigstoreBundle } from "../../src/bundle/parse.ts";
import { parseJson } from "../../src/encoding/json.ts";
import { decodePem } from "../../src/encoding/pem.ts";
import type { RandomAccess } from "../../src/formats/random-access.ts";
import { readFile } from "../../src/formats/read-file.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { parseExpression } from "../../src/openness/spdx-expression.ts";
import { readAdvisory } from "../../src/policy/advisories/read-advisory.ts";
import { readLock } from "../../src/policy/read-lock.ts";
import { readFrontMatter } from "../../src/probe/card/front-matter.ts";
import { readPublicKey } from "../../src/trust/public-key-file.ts";
import { readCheckpoint } from "../../src/trust/sigstore/checkpoint.ts";
import { readTimestampResponse } from "../../src/trust/sigstore/timestamp-token.ts";
import { readTrustedRoot } from "../../src/trust/sigstore/trusted-root.ts";
import { parseCertificate } from "../../src/trust/x509/certificate.ts";
import { parseRevocationList } from "../../src/trust/x509/crl.ts";

/** A reader of bytes that anybody may have written: it returns, or throws an AssayError of its own. */
export type Target = (bytes: Uint8Array) => unknown;

const file = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: async (from, length) => bytes.subarray(from, from + length),
});
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Every reader that is fuzzed, by the name of its folder in `corpus`. */
export const TARGETS: Readonly<Record<string, Target>> = {
  bundle: parseSigstoreBundle,
  statement: (bytes) => readStatement(bytes),
  evidence: (bytes) => readEvidenceStatement(bytes),
  json: (bytes) => parseJson(bytes, { what: "document", shapeCode: "BUNDLE_SHAPE" }),
  pem: decodePem,
  "public-key": (bytes) => readPublicKey(bytes),
  certificate: parseCertificate,
  "revocation-list": parseRevocationList,
  timestamp: readTimestampResponse,
  "trusted-root": readTrustedRoot,
  checkpoint: (bytes) => readCheckpoint(text(bytes)),
  "mof-yml": (bytes) => readModelFile(bytes),
  "front-matter": (bytes) => readFrontMatter(text(bytes), "README.md"),
  safetensors: async (bytes) => readFile("model.safetensors", file(bytes)),
  gguf: async (bytes) => readFile("model.gguf", file(bytes)),
  lock: (bytes) => readLock(bytes, "assay.lock"),
  advisory: (bytes) => readAdvisory(bytes, "advisory"),
  "license-expression": (bytes) => parseExpression(text(bytes)),
};
