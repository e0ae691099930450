import type { Failed, Incomplete, ManifestContent, RevocationReport, SignerIdentity, Verification, Verified } from "../../../index.ts";
import { type AssayError, detailsOf } from "../../../core/error.ts";
import { displayPath } from "../../inputs/places.ts";
import { allFiles, countFiles, leastWord, notCoveredBlocks, notDownloadedBlocks, unsignedBlocks } from "../../text/coverage.ts";
import { differenceBlocks, SIGNED_AND_FOUND } from "../../text/differences.ts";
import { endsOfDigest } from "../../text/digests.ts";
import { digestCountsPart } from "../../../report/json/parts.ts";
import { sha256Text } from "../../../report/digest-text.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { evidenceRows } from "../../text/evidence.ts";
import { algorithmName, signerDetails, signerPhrase } from "../../text/names.ts";
import { sourceRows } from "../../text/source.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { adviceBlocks, mismatchAdvice, type VerifyQuestion } from "./advice.ts";
import { formatSize, groupDigits, plural } from "../../text/sizes.ts";
import { day } from "../../text/times.ts";

export function verifyReport(verification: Verification, question: VerifyQuestion): Report {
  switch (verification.outcome) {
    case "verified":
      return verifiedReport(verification, question);
    case "failed":
      if (verification.error.code === "MODEL_NOT_COVERED") return notCoveredReport(verification, question);
      // A mismatch without differences is one of kind (a folder for a file): its message says so.
      return verification.differences.length > 0 ? mismatchReport(verification, question) : refusedReport(verification, question);
    case "incomplete":
      return refusedReport(verification, question);
  }
}

function verifiedReport(verified: Verified, question: VerifyQuestion): Report {
  const { verifiedModel, signer, manifest } = verified;
  const outside = countFiles(verifiedModel.notCovered) + verifiedModel.unsigned.length;
  const least = leastWord(verifiedModel.notCovered);
  const matched = verifiedModel.matchedFiles;
  const files = outside === 0 ? allFiles(matched) : `${groupDigits(matched)} of ${least}${plural(matched + outside, "file")}`;
  // Such a server does not list its files.
  const isUnlisted = verified.source?.kind === "https";
  const rest = `${outside === 0 ? "" : `; ${least}${groupDigits(outside)} not covered`}${isUnlisted ? "; other files there cannot be seen" : ""}`;
  const signed = `the bytes signed by ${bySigner(signer, question)}`;
  return [
    answer(
      // A green tick covers everything that is there.
      outside === 0 && !isUnlisted ? "yes" : "partly",
      "Verified",
      `${files} (${formatSize(verifiedModel.matchedBytes)}) ${matched === 1 && outside === 0 ? "is" : "are"} ${signed}${rest}${originCounts(verified)}`,
    ),
    ...factRows(verified, signer, manifest, question),
    ...unsignedBlocks(verifiedModel.unsigned),
    ...notCoveredBlocks("not covered", verifiedModel.notCovered),
  ];
}

function mismatchReport(failed: Failed, question: VerifyQuestion): Report {
  const { differences, manifest, signer } = failed;
  const signedFiles = manifest?.files.size ?? 0;
  const extra = differences.filter(({ kind }) => kind === "extra").length;
  const wrong = differences.length - extra;
  const [only, ...others] = differences.map(({ name }) => escapeName(name));
  const name = only === undefined || others.length > 0 ? "" : `: ${only}`;
  const notSigned = `${plural(extra, "file")} ${extra === 1 ? "is" : "are"} not signed${wrong === 0 ? name : ""}`;
  const isRenamed = wrong > 0 && differences.every(({ kind }) => kind === "renamed" || kind === "extra");
  const what = isRenamed
    ? `${wrong === 1 ? "has" : "have"} another name than was signed`
    : `${wrong === 1 ? "is" : "are"} not what was signed`;
  const notWhatWasSigned = `${groupDigits(wrong)} of ${plural(signedFiles, "file")} ${what}${name}`;
  const headline =
    wrong === 0
      ? `${notSigned}${failed.matchedFiles === signedFiles ? `; the ${plural(signedFiles, "signed one")} ${signedFiles === 1 ? "is" : "are"} unchanged` : ""}`
      : `${notWhatWasSigned}${extra > 0 ? `, and ${notSigned}` : ""}`;
  return [
    answer("no", "Not verified", `${headline}${originCounts(failed)}`),
    ...differenceBlocks(differences, SIGNED_AND_FOUND),
    ...notDownloadedBlocks(failed.notDownloaded),
    ...unsignedBlocks(failed.unsigned),
    ...notCoveredBlocks("not covered", failed.notCovered),
    ...(question.verbose && signer !== undefined && manifest !== undefined ? factRows(failed, signer, manifest, question) : []),
    ...(signer === undefined ? [] : [text(`The signature itself is valid, by ${bySigner(signer, question)}.`)]),
    ...mismatchAdvice(failed, question),
  ];
}

/** Every signed file is as it was signed, and not all that must be covered is. */
function notCoveredReport(failed: Failed, question: VerifyQuestion): Report {
  const { signer, error } = failed;
  return [
    answer("no", "Not verified", escapeText(error.message)),
    ...unsignedBlocks(failed.unsigned),
    ...notCoveredBlocks("not covered", failed.notCovered),
    ...(signer === undefined
      ? []
      : [text(`The signature itself is valid, by ${bySigner(signer, question)}, and its files are unchanged.`)]),
  ];
}

/** No or "could not tell" before the files were compared. */
function refusedReport(verification: Failed | Incomplete, question: VerifyQuestion): Report {
  const { error, signature, signer } = verification;
  const [mark, lead] = verification.outcome === "failed" ? (["no", "Not verified"] as const) : (["unsure", "Could not tell"] as const);
  return [
    answer(mark, lead, reason(error, question)),
    row("asked", `${escapeName(question.model)}, against ${expected(question)}`),
    ...sourceRows(verification.source),
    ...(signature?.path === undefined ? [] : [row("signature", escapeName(displayPath(signature.path, question.cwd)))]),
    ...notDownloadedBlocks(verification.notDownloaded),
    ...(signer === undefined ? [] : [text(`The signature itself is valid, by ${bySigner(signer, question)}.`)]),
    ...adviceBlocks(verification, question),
  ];
}

/** The reason in one line, in terms of what the asker named. */
function reason(error: AssayError, { method, publicKey }: VerifyQuestion): string {
  if (method !== "key" || publicKey === undefined) return error.message;
  if (error.code === "SIGNATURE_ENCODING") return `not signed by the key in ${escapeName(publicKey)}: ${error.message}`;
  if (error.code !== "SIGNATURE_INVALID") return error.message;
  const isOther = detailsOf(error, "SIGNATURE_INVALID")?.namesOtherKey === true;
  const named = escapeName(publicKey);
  return isOther
    ? `signed by another key than ${named}`
    : `the signature does not verify with the key in ${named}: another key, or changed since`;
}

/** Of a model on a server: whose word the digests are. */
function originCounts({ digestOrigins }: Verified | Failed): string {
  if (digestOrigins === undefined) return "";
  const { computed, attested } = digestCountsPart(digestOrigins);
  return ` (digests: ${groupDigits(computed)} computed, ${groupDigits(attested)} attested)`;
}

function factRows(
  { source, signature, verifiedAt, evidence, revocation }: Verified | Failed,
  signer: SignerIdentity,
  manifest: ManifestContent,
  { cwd, verbose }: VerifyQuestion,
): Block[] {
  const path = signature?.path === undefined ? "given as bytes" : escapeName(displayPath(signature.path, cwd));
  const rows = [
    ...sourceRows(source),
    row("signature", `${path}, ${algorithmName(signer.algorithm)}`),
    row("signer", signerDetails(signer)),
    ...evidenceRows(evidence, signer, verbose),
    ...revocationRows(revocation),
    row("model", verbose ? sha256Text(manifest.rootDigest) : endsOfDigest(sha256Text(manifest.rootDigest))),
  ];
  if (!verbose) return rows;
  const { serialization } = manifest;
  const pieces = serialization.method === "shards" ? `, in pieces of ${plural(serialization.shardSize, "byte")}` : "";
  return [
    ...rows,
    row("manifest", sha256Text(manifest.manifestDigest)),
    row("fingerprint", signer.fingerprint),
    ...(signer.method !== "key" ? signer.path.slice(1).map((fingerprint) => row("", `under ${fingerprint}`)) : []),
    ...(signer.method !== "key" ? [row("valid", `${signer.notBefore.toISOString()} to ${signer.notAfter.toISOString()}`)] : []),
    row("signed as", `${escapeName(manifest.modelName)}, ${serialization.hash}${pieces}, ${plural(manifest.resourceCount, "resource")}`),
    ...(manifest.allowSymlinks ? [row("links", "followed, as the signer allowed")] : []),
    ...(verifiedAt === undefined ? [] : [row("checked for", `${verifiedAt.time.toISOString()} (${verifiedAt.source})`)]),
  ];
}

function revocationRows(revocation: RevocationReport | undefined): Block[] {
  return (revocation?.lists ?? []).map(({ issuer, thisUpdate, nextUpdate }) =>
    row("not revoked", `by the list of ${escapeName(issuer)}, ${day(thisUpdate)}, next ${day(nextUpdate)}`),
  );
}

/** Who signed, in terms of what the asker named: a file of theirs says more than a fingerprint. */
function bySigner(signer: SignerIdentity, question: VerifyQuestion): string {
  return signer.method === "key" && question.publicKey !== undefined
    ? `the key in ${escapeName(question.publicKey)}`
    : signerPhrase(signer);
}

function expected({ method, publicKey, certificateChain, identity }: VerifyQuestion): string {
  if (method === "key" && publicKey !== undefined) return `the key in ${escapeName(publicKey)}`;
  if (method === "certificate") return `the root in ${certificateChain.map(escapeName).join(", ")}`;
  return identity === undefined ? "Sigstore" : `the identity ${escapeName(identity)}`;
}
