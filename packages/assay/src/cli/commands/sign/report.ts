import type { Signed, SignerIdentity } from "../../../index.ts";
import { displayPath } from "../../inputs/places.ts";
import { allFiles, countFiles, leastWord, notCoveredBlocks } from "../../text/coverage.ts";
import { endsOfDigest } from "../../text/digests.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { escapeName } from "../../text/escape.ts";
import { evidenceRows } from "../../text/evidence.ts";
import { algorithmName, signerDetails, signerPhrase } from "../../text/names.ts";
import { sourceRows } from "../../text/source.ts";
import { answer, command, placeholder, row, type Block, type Report, type Word } from "../../text/report.ts";
import { formatSize, groupDigits, plural } from "../../text/sizes.ts";

interface SignQuestion {
  readonly model: string;
  /** How the caller named the key, if there is one. */
  readonly key: string;
  /** The options that named the instance of a keyless signature. */
  readonly instance: readonly string[];
  readonly cwd: string;
  readonly verbose: boolean;
}

export function signReport(signed: Signed, { model, key, instance, cwd, verbose }: SignQuestion): Report {
  const { manifest, signer } = signed;
  const outside = countFiles(signed.notCovered);
  const count = manifest.files.size;
  const some = `${groupDigits(count)} of ${leastWord(signed.notCovered)}${plural(count + outside, "file")}`;
  const files = outside === 0 ? allFiles(count) : some;
  const by = signer.method === "key" ? `with the key ${key.includes(":") ? "" : "in "}${escapeName(key)}` : `as ${signerPhrase(signer)}`;
  const path = signed.path === undefined ? undefined : displayPath(signed.path, cwd);
  // Found first, it would be the one that is verified.
  const holdsAnother = signed.warnings.some(({ code }) => code === "SIGNATURE_IN_MODEL");
  return [
    answer(outside === 0 ? "yes" : "partly", "Signed", `${files} of ${escapeName(model)} (${formatSize(signed.totalBytes)}) ${by}`),
    ...(signed.attached === undefined ? [] : [row("attached", escapeName(signed.attached))]),
    ...(path === undefined && signed.attached !== undefined
      ? []
      : path === undefined
        ? [row("signature", `standard output, ${algorithmName(signed.algorithm)}`)]
        : [row("signature", `${escapeName(path)}${signed.replaced ? " (replaced)" : ""}, ${algorithmName(signed.algorithm)}`)]),
    ...sourceRows(signed.source),
    row("signer", signerDetails(signer)),
    ...evidenceRows(signed.evidence, signer, verbose),
    row("model", verbose ? sha256Text(manifest.rootDigest) : endsOfDigest(sha256Text(manifest.rootDigest))),
    ...(verbose ? verboseRows(signed) : []),
    ...notCoveredBlocks("left out", signed.notCovered),
    command("Verify it with:", [
      "assay",
      "verify",
      signer.method,
      model,
      ...trustWords(signer, instance),
      ...(signed.attached !== undefined || (path === "model.sig" && !holdsAnother)
        ? []
        : ["--signature", path ?? placeholder("SIGNATURE")]),
    ]),
  ];
}

function trustWords(signer: SignerIdentity, instance: readonly string[]): Word[] {
  switch (signer.method) {
    case "key":
      return ["--public-key", placeholder("PUBLIC_KEY")];
    case "certificate":
      return ["--certificate-chain", placeholder("ROOT_CERTIFICATE")];
    case "sigstore":
      return ["--identity", signer.identity, "--identity-provider", signer.identityProvider, ...instance];
  }
}

function verboseRows({ manifest, signer }: Signed): Block[] {
  const { serialization } = manifest;
  const pieces = serialization.method === "shards" ? `, in pieces of ${plural(serialization.shardSize, "byte")}` : "";
  return [
    row("manifest", sha256Text(manifest.manifestDigest)),
    row("fingerprint", signer.fingerprint),
    row("signed as", `${escapeName(manifest.modelName)}, ${serialization.hash}${pieces}, ${plural(manifest.resourceCount, "resource")}`),
  ];
}
