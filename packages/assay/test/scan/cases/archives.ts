import { gzipSync } from "node:zlib";
import type { ScanCase } from "../../support/scan/case.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { tar } from "../../support/scan/tar.ts";
import { zip } from "../../support/scan/zip.ts";

const WEIGHTS = safetensors({ weight: { shape: [2, 3] } });
const LONG = safetensors({ weight: { shape: [100, 100] } });
const INNER = zip([{ name: "model.safetensors", data: WEIGHTS, method: 8 }]);

/** Archives of any kind, whatever is in them. */
export const ARCHIVE_CASES: readonly ScanCase[] = [
  {
    name: "a zip archive of safetensors is data only",
    kind: "benign",
    files: { "weights.zip": zip([{ name: "a/model.safetensors", data: WEIGHTS }]) },
    expect: "data-only",
  },
  { name: "a deflated zip archive is data only", kind: "benign", files: { "weights.zip": INNER }, expect: "data-only" },
  {
    name: "a tar archive of safetensors is data only",
    kind: "benign",
    files: { "weights.tar": tar([{ name: "./model.safetensors", data: WEIGHTS }]) },
    expect: "data-only",
  },
  {
    name: "a compressed tar archive of safetensors is data only",
    kind: "benign",
    files: { "weights.tar.gz": gzipSync(tar([{ name: "model.safetensors", data: WEIGHTS }])) },
    expect: "data-only",
  },
  {
    name: "compressed safetensors are data only",
    kind: "benign",
    files: { "model.safetensors.gz": gzipSync(WEIGHTS) },
    expect: "data-only",
  },
  {
    name: "an archive in an archive in an archive is opened",
    kind: "corrupt",
    files: { "a.zip": zip([{ name: "b.zip", data: zip([{ name: "c.safetensors", data: WEIGHTS.subarray(0, -1) }]) }]) },
    expect: "invalid",
    reasons: ["safetensors/malformed"],
  },
  {
    name: "archives four deep are unknown",
    kind: "hostile",
    files: { "a.zip": zip([{ name: "b.zip", data: zip([{ name: "c.zip", data: zip([{ name: "d.zip", data: INNER }]) }]) }]) },
    expect: "unknown",
    reasons: ["file/too-deep"],
  },
  { name: "an empty zip archive is unknown", kind: "debatable", files: { "a.zip": zip([]) }, expect: "unknown", reasons: ["zip/empty"] },
  {
    name: "an empty tar archive is invalid or unknown",
    kind: "debatable",
    files: { "a.tar": tar([{ name: "a/", type: "5" }]) },
    expect: "unknown",
    reasons: ["tar/empty"],
  },
  {
    name: "a zip archive with a wrong checksum is invalid",
    kind: "corrupt",
    files: { "a.zip": zip([{ name: "a.safetensors", data: WEIGHTS, local: { crc: 1 }, central: { crc: 1 } }]) },
    expect: "invalid",
    reasons: ["zip/checksum"],
  },
  {
    name: "a zip archive with damaged compressed data is invalid",
    kind: "corrupt",
    files: { "a.zip": zip([{ name: "a.safetensors", data: WEIGHTS, local: { method: 8 }, central: { method: 8 } }]) },
    expect: "invalid",
    reasons: ["zip/checksum"],
  },
  {
    name: "a zip bomb is unknown",
    kind: "hostile",
    files: { "a.zip": zip([{ name: "a.safetensors", data: Buffer.alloc(70_000_000), method: 8 }]) },
    expect: "unknown",
    reasons: ["zip/bounds"],
  },
  {
    name: "a gzip bomb is unknown",
    kind: "hostile",
    files: { "a.safetensors.gz": gzipSync(Buffer.alloc(70_000_000)) },
    expect: "unknown",
    reasons: ["file/not-understood"],
  },
  {
    name: "two compressed files in one are unknown",
    kind: "hostile",
    files: { "a.safetensors.gz": Buffer.concat([gzipSync(WEIGHTS), gzipSync("")]) },
    expect: "unknown",
    reasons: ["gzip/trailing-bytes"],
  },
  {
    name: "bytes after a compressed file are unknown",
    kind: "hostile",
    files: { "a.safetensors.gz": Buffer.concat([gzipSync(WEIGHTS), Buffer.from("more")]) },
    expect: "unknown",
    reasons: ["gzip/trailing-bytes"],
  },
  {
    name: "a gzip file that was cut is invalid",
    kind: "corrupt",
    files: { "a.safetensors.gz": gzipSync(WEIGHTS).subarray(0, -9) },
    expect: "invalid",
    reasons: ["file/malformed"],
  },
  {
    name: "a safetensors file with an archive behind it is invalid",
    kind: "hostile",
    files: { "a.safetensors": Buffer.concat([WEIGHTS, INNER]) },
    expect: "invalid",
    reasons: ["safetensors/malformed", "file/polyglot", "zip/hidden-bytes"],
  },
  {
    name: "a zip archive whose members all share the same bytes is invalid, and not all of them are read",
    kind: "hostile",
    files: {
      "a.zip": zip([
        { name: "0.safetensors", data: LONG },
        ...Array.from({ length: 40 }, (_, at) => ({ name: `${at + 1}.safetensors`, data: LONG, sharesWith: 0 })),
      ]),
    },
    expect: "invalid",
    reasons: ["zip/overlap", "zip/bounds"],
  },
  ...zipFaults(),
  ...tarFaults(),
];

function zipFaults(): ScanCase[] {
  const part = { name: "a.safetensors", data: WEIGHTS };
  const other = { name: "b.safetensors", data: WEIGHTS };
  const cases = [
    ["a cut directory", "zip/malformed", "invalid", zip([part], { end: { count: 2 } })],
    ["bytes after it", "zip/hidden-bytes", "invalid", zip([part], { suffix: Buffer.from("x") })],
    ["a name twice", "zip/duplicate-member", "invalid", zip([part, part])],
    ["names that differ in case", "zip/similar-names", "unknown", zip([part, { ...part, name: "A.safetensors" }])],
    ["members that overlap", "zip/overlap", "invalid", zip([part, { ...other, sharesWith: 0 }])],
    ["a name that leaves the folder", "zip/path", "invalid", zip([{ ...part, name: "../a.safetensors" }])],
    ["a name in an unknown encoding", "zip/name-encoding", "unknown", zip([{ ...part, name: "é.safetensors" }])],
    ["another name before the data", "zip/header-mismatch", "invalid", zip([{ ...part, local: { name: "b.safetensors" } }])],
    ["a mark of encryption", "zip/encrypted", "unknown", zip([{ ...part, flags: 1 }])],
    ["an unknown flag", "zip/flags", "unknown", zip([{ ...part, flags: 0x20 }])],
    ["an unsupported compression", "zip/method", "unknown", zip([{ ...part, method: 12 }])],
    ["an unknown extra field", "zip/extra-field", "unknown", zip([{ ...part, central: { extra: Buffer.of(1, 2, 0, 0) } }])],
    ["records in its comment", "zip/comment", "unknown", zip([part], { comment: "PK\u0001\u0002" })],
    ["a link", "zip/link", "unknown", zip([{ ...part, central: { system: 3, attributes: 0o120777 * 65536 } }])],
  ] as const;
  return cases.map(([what, reason, expect, file]) => ({
    name: `a zip archive with ${what} is ${expect}`,
    kind: "hostile",
    files: { "a.zip": file },
    expect,
    reasons: [reason],
  }));
}

function tarFaults(): ScanCase[] {
  const part = { name: "a.safetensors", data: WEIGHTS };
  const cases = [
    ["no end", "tar/malformed", "invalid", tar([part], Buffer.alloc(0))],
    ["bytes after its end", "tar/hidden-bytes", "invalid", Buffer.concat([tar([part]), Buffer.from("x")])],
    ["a name twice", "tar/duplicate-member", "invalid", tar([part, part])],
    ["an absolute name", "tar/path", "invalid", tar([{ ...part, name: "/a.safetensors" }])],
    ["a link", "tar/link", "unknown", tar([part, { name: "b", type: "2", linkName: "a.safetensors" }])],
    ["a device", "tar/member-kind", "unknown", tar([part, { name: "b", type: "3" }])],
    ["a very long name", "tar/bounds", "unknown", tar([{ name: "L", type: "L", data: "x".repeat(70_000) }, part])],
  ] as const;
  return cases.map(([what, reason, expect, file]) => ({
    name: `a tar archive with ${what} is ${expect}`,
    kind: "hostile",
    files: { "a.tar": file },
    expect,
    reasons: [reason],
  }));
}
