import type { JsonNode } from "../encoding/json.ts";
import type { HashAlgorithm } from "./manifest.ts";

/** Bytes of a digest. OMS algorithm registry. */
export const DIGEST_BYTES: Readonly<Record<HashAlgorithm, number>> = { sha256: 32, blake2b: 64, blake3: 32 };

const FORBIDDEN = /^(?:md[245]|sha-?1)$/i;
const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._+/-]{0,63}$/;

/**
 * The hash algorithm that `text`, read from `node`, names. One that is only unknown leaves the question
 * open; one that is known to be broken answers it.
 *
 * @throws ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN, STATEMENT_SHAPE
 */
export function readHashAlgorithm(node: JsonNode, text: string): HashAlgorithm {
  if (text === "sha256" || text === "blake2b" || text === "blake3") return text;
  const named = `"${node.path}" names the hash algorithm "${text.slice(0, 64)}"`;
  if (FORBIDDEN.test(text)) return node.fail(`${named}, which is broken`, "ALGORITHM_FORBIDDEN");
  if (!WELL_FORMED.test(text)) return node.fail(`${named}, which is not an algorithm name`);
  return node.fail(`${named}; supported: sha256, blake2b and blake3`, "ALGORITHM_UNKNOWN", "verify it with a newer Assay");
}
