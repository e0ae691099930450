import type { Signed } from "../../index.ts";
import { displayPath } from "../places.ts";
import { allFiles, countFiles, leastWord, notCoveredBlocks } from "./coverage.ts";
import { endsOfDigest, sha256 } from "./digests.ts";
import { escapeName } from "./escape.ts";
import { algorithmName, signerDetails, signerPhrase } from "./names.ts";
import { answer, command, placeholder, row, type Block, type Report } from "./report.ts";
import { formatSize, groupDigits, plural } from "./sizes.ts";

interface SignQuestion {
  readonly privateKey: string;
  readonly model: string;
  readonly cwd: string;
  readonly verbose: boolean;
}

export function signReport(signed: Signed, { model, privateKey, cwd, verbose }: SignQuestion): Report {
  const { manifest, signer } = signed;
  const outside = countFiles(signed.leftOut);
  const count = manifest.files.size;
  const some = `${groupDigits(count)} of ${leastWord(signed.leftOut)}${plural(count + outside, "file")}`;
  const files = outside === 0 ? allFiles(count) : some;
  const by = signer.method === "key" ? `with the key in ${escapeName(privateKey)}` : `as ${signerPhrase(signer)}`;
  const path = signed.path === undefined ? undefined : displayPath(signed.path, cwd);
  return [
    answer(outside === 0 ? "yes" : "partly", "Signed", `${files} of ${escapeName(model)} (${formatSize(signed.totalBytes)}) ${by}`),
    ...(path === undefined
      ? []
      : [row("signature", `${escapeName(path)}${signed.replaced ? " (replaced)" : ""}, ${algorithmName(signed.algorithm)}`)]),
    row("signer", signerDetails(signer)),
    row("model", verbose ? sha256(manifest.rootDigest) : endsOfDigest(sha256(manifest.rootDigest))),
    ...(verbose ? verboseRows(signed) : []),
    ...notCoveredBlocks("left out", signed.leftOut),
    command("Verify it with:", [
      "assay",
      "verify",
      signer.method,
      model,
      ...(signer.method === "key" ? ["--public-key", placeholder("PUBLIC_KEY")] : ["--certificate-chain", placeholder("ROOT_CERTIFICATE")]),
      ...(path === undefined || path === "model.sig" ? [] : ["--signature", path]),
    ]),
  ];
}

function verboseRows({ manifest, signer }: Signed): Block[] {
  const { serialization } = manifest;
  const pieces = serialization.method === "shards" ? `, in pieces of ${plural(serialization.shardSize, "byte")}` : "";
  return [
    row("manifest", sha256(manifest.manifestDigest)),
    row("fingerprint", signer.fingerprint),
    row("signed as", `${escapeName(manifest.modelName)}, ${serialization.hash}${pieces}, ${plural(manifest.resourceCount, "resource")}`),
  ];
}
