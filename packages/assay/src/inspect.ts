import { resolve } from "node:path";
import type { Bundle } from "./bundle/bundle.ts";
import { MAX_BUNDLE_BYTES } from "./bundle/limits.ts";
import { parseBundle } from "./bundle/parse.ts";
import { AssayError } from "./error.ts";
import { readBounded } from "./files/read-bounded.ts";
import type { Inspection, SignatureSource } from "./results.ts";
import { readUnverifiedManifest } from "./statement/read.ts";
import { fingerprint, parseCertificate } from "./trust/x509/certificate.ts";

/**
 * What a signature says, with nothing of it verified: the result says so in its type.
 *
 * `signature` is a path or the bundle's bytes. Throws FILE_NOT_FOUND, FILE_UNREADABLE, and what parsing
 * the bundle, its statement and its leaf certificate throws.
 */
export async function inspect(signature: string | Uint8Array, options: { readonly cwd?: string } = {}): Promise<Inspection> {
  const path = typeof signature === "string" ? resolve(options.cwd ?? process.cwd(), signature) : undefined;
  const bytes =
    typeof signature === "string" ? readBounded(path ?? signature, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE") : signature;
  const source: SignatureSource = { path, found: false, bytes: bytes.length };
  const bundle = parseBundle(bytes);
  const manifest = await readUnverifiedManifest(bundle);
  return {
    verified: false,
    signature: source,
    mediaVersion: bundle.version,
    method: methodOf(bundle),
    claimed: await claimedSigner(bundle),
    tlogEntries: bundle.tlogEntries.length,
    timestamps: bundle.timestamps.length,
    manifest,
    warnings: manifest.warnings,
  };
}

/** In bundles v0.1 and v0.2 a chain with a log entry is a keyless one: they had no single certificate. */
function methodOf({ material, version, tlogEntries }: Bundle): Inspection["method"] {
  switch (material.kind) {
    case "publicKey":
      return "key";
    case "certificate":
      return "sigstore";
    case "x509CertificateChain":
      return version !== "0.3" && tlogEntries.length > 0 ? "sigstore" : "certificate";
  }
}

async function claimedSigner({ material }: Bundle): Promise<Inspection["claimed"]> {
  if (material.kind === "publicKey") return { kind: "key", hint: material.hint };
  const chain = material.kind === "certificate" ? [material.certificate] : material.certificates;
  const [leafDer] = chain;
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  return {
    kind: "certificate",
    subject: leaf.subject.rfc4514,
    issuer: leaf.issuer.rfc4514,
    names: leaf.subjectAlternativeNames.map(({ type, value }) => `${type}:${value}`),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    fingerprint: await fingerprint(leaf),
    chainLength: chain.length,
  };
}
