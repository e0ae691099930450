import { parseBundle } from "../../../assay/src/bundle/parse.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import { MAX_YAML_BYTES } from "../../../assay/src/encoding/yaml.ts";
import { evaluate } from "../../../assay/src/openness/evaluate.ts";
import type { Evaluation } from "../../../assay/src/openness/evaluation.ts";
import { readModelFile } from "../../../assay/src/openness/read-model.ts";
import { isModelBundle } from "../../../assay/src/source/signature-names.ts";
import { isEvidenceStatement, readEvidenceStatement, type EvidenceContent } from "../../../assay/src/statement/evidence/read.ts";
import type { ManifestContent } from "../../../assay/src/statement/manifest.ts";
import { readUnverifiedManifest } from "../../../assay/src/statement/read.ts";
import { readSmall } from "../files/read-small.ts";
import { LICENSES } from "../openness/licenses.ts";

/** One of the things that are compared. Nothing in it is proven. */
export type Side =
  | { readonly kind: "openness"; readonly name: string; readonly evaluation: Evaluation }
  | { readonly kind: "evidence"; readonly name: string; readonly evidence: EvidenceContent }
  | { readonly kind: "signature"; readonly name: string; readonly manifest: ManifestContent };

const MAX_BYTES = 64 * 1024 * 1024;

/** What a file is, by its content: evidence, signed or not, a model's signature, or a mof.yml. Throws what reading it throws. */
export async function readSide(file: File): Promise<Side> {
  const { name, content } = await readSmall(file, MAX_BYTES);
  if (isEvidenceStatement(content)) return { kind: "evidence", name, evidence: readEvidenceStatement(content) };
  if (isModelBundle(content)) return { kind: "signature", name, manifest: await readUnverifiedManifest(parseBundle(content)) };
  const payload = payloadOf(content);
  if (payload !== undefined && isEvidenceStatement(payload)) return { kind: "evidence", name, evidence: readEvidenceStatement(payload) };
  if (content.length > MAX_YAML_BYTES) throw new AssayError("USAGE", `${name} is neither evidence, nor a signature, nor a mof.yml`);
  const { model } = readModelFile(content, name);
  return { kind: "openness", name: model.release.name, evaluation: evaluate(model, LICENSES) };
}

function payloadOf(content: Uint8Array): Uint8Array | undefined {
  try {
    return parseBundle(content).envelope.payload;
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
