import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { FormatError } from "../../src/formats/format-error.ts";
import { crc32 } from "../../src/formats/zip/checksum.ts";
import { isAsStated, openMember } from "../../src/formats/zip/member-content.ts";
import { readZip } from "../../src/formats/zip/zip.ts";
import type { ZipMember } from "../../src/formats/zip/zip-member.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { littleEndian } from "../support/scan/bytes.ts";
import { extraField, zip, type ZipOptions, type ZipPart } from "../support/scan/zip.ts";

interface Read {
  /** Kinds of faults, each once, in order. */
  readonly faults: readonly string[];
  readonly members: readonly ZipMember[];
}

async function read(archive: Uint8Array): Promise<Read> {
  const faults: string[] = [];
  const members = await readZip(inMemory(archive), (kind) => void (faults.includes(kind) || faults.push(kind)));
  return { faults, members };
}

async function contentOf(archive: Uint8Array, member: ZipMember | undefined): Promise<string> {
  assert.ok(member);
  const content = await openMember(inMemory(archive), member, (bytes, max) => inflateRawSync(bytes, { maxOutputLength: max }), 1000);
  return Buffer.from(await content.read(0, content.size)).toString();
}

/** As PyTorch writes members: nothing in the header before the data, a descriptor after it, padding in between. */
function torch(name: string, data: string): ZipPart {
  return { name, data, flags: 0x0808, descriptor: "short", local: { extra: extraField(0x4246, "Z".repeat(17)) } };
}

/** As `numpy.savez` writes them: sizes in a 64-bit field before the data, whatever they are. */
function numpy(name: string, data: string): ZipPart {
  const sizes = Buffer.concat([littleEndian(data.length, 8), littleEndian(data.length, 8)]);
  return { name, data, local: { size: 0xffffffff, compressedSize: 0xffffffff, extra: extraField(1, sizes) } };
}

for (const [writer, parts, options] of [
  ["PyTorch", [torch("m/data.pkl", "x"), { name: "m/data/0", data: "", flags: 0x0800 }, torch("m/version", "3\n")], { zip64: true }],
  ["NumPy", [numpy("a.npy", "aa"), numpy("b.npy", "b")], {}],
  [
    "Python",
    [
      { name: "config.json", data: "{}".repeat(9), method: 8 },
      { name: "assets/", data: "" },
    ],
    {},
  ],
  ["Python without seeking", [{ name: "a", data: "aaaa", method: 8, flags: 8, descriptor: "short" }], {}],
  ["Java", [{ name: "META-INF/", data: "", local: { extra: extraField(0xcafe, "") }, central: { extra: extraField(0xcafe, "") } }], {}],
  ["Go", [{ name: "é", data: "aaaa", method: 8, flags: 0x0808, descriptor: "short" }], {}],
  ["a writer of 64-bit descriptors", [{ name: "a", data: "aaaa", flags: 8, descriptor: "long" }], {}],
  ["a writer of descriptors without a signature", [{ name: "a", data: "aaaa", flags: 8, descriptor: "bare" }], {}],
  [
    "Info-ZIP with times",
    [
      {
        name: "a",
        data: "a",
        local: { extra: extraField(0x5455, "\u0003abcdefgh") },
        central: { extra: extraField(0x5455, "\u0003abcd") },
      },
    ],
    {},
  ],
  ["a writer with a comment", [{ name: "a", data: "a" }], { comment: "Made by hand." }],
] satisfies readonly (readonly [string, readonly ZipPart[], ZipOptions])[]) {
  test(`an archive of ${writer} has no fault`, async () => {
    const archive = zip(parts, options);
    const { faults, members } = await read(archive);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      members.map(({ name }) => name),
      parts.map(({ name }) => name),
    );
    for (const [at, member] of members.entries()) assert.equal(await contentOf(archive, member), parts[at]?.data);
  });
}

const A: ZipPart = { name: "a", data: "the first" };
const B: ZipPart = { name: "b", data: "the second" };

for (const [what, archive, kinds] of [
  ["no end record", zip([A]).subarray(0, -22), ["malformed"]],
  ["a cut end record", zip([A]).subarray(0, -1), ["malformed"]],
  ["a cut directory", Buffer.concat([zip([A, B]).subarray(0, -40), zip([A, B]).subarray(-22)]), ["malformed"]],
  ["fewer members than its end says", zip([A, B], { end: { count: 3 } }), ["malformed"]],
  ["more members than its end says", zip([A, B], { end: { count: 1 } }), ["malformed"]],
  ["a directory that is shorter than its end says", zip([A], { end: { size: 500 } }), ["malformed"]],
  ["a directory that is longer than its end says", zip([A, B], { end: { size: 47, count: 1 } }), ["hidden-bytes"]],
  ["a directory elsewhere", zip([A], { end: { offset: 7 } }), ["hidden-bytes"]],
  ["a directory beyond its end", zip([A], { end: { offset: 70_000 } }), ["malformed"]],
  ["several disks", zip([A], { end: { disk: 1 } }), ["malformed"]],
  ["a member on another disk", zip([{ ...A, central: { disk: 1 } }]), ["malformed"]],
  ["a 64-bit record with another directory", zip([A], { zip64: true, end64: { offset: 3 } }), ["malformed"]],
  ["a 64-bit record with another count", zip([A], { zip64: true, end64: { count: 2 } }), ["malformed"]],
  ["a 64-bit record elsewhere", zip([A], { zip64: true, end64: { locator: 0 } }), ["malformed"]],
  ["an end record with another directory than its 64-bit record", zip([A], { zip64: true, end: { offset: 3 } }), ["malformed"]],
  ["bytes in its directory", zip([A], { beforeEnd: Buffer.from("gap"), end: { size: 50 } }), ["malformed"]],
  ["a 64-bit record of another length", zip([A], { zip64: true, end64: { recordSize: 45 } }), ["malformed"]],
  ["a 64-bit record that is missing", zip([A], { end: { offset: 0xffffffff } }), ["malformed"]],
  ["bytes before it", zip([A], { prefix: Buffer.from("MZ") }), ["hidden-bytes"]],
  ["bytes before it that it does not count", zip([A], { prefix: Buffer.from("MZ"), isPrefixUncounted: true }), ["hidden-bytes"]],
  ["bytes after it", zip([A], { suffix: Buffer.from("\n") }), ["hidden-bytes"]],
  ["bytes between its members", zip([A, { ...B, gap: Buffer.from("gap") }]), ["hidden-bytes"]],
  ["bytes before its directory", zip([A, { name: "", data: "", isUnlisted: true }]), ["hidden-bytes"]],
  ["bytes after its directory", zip([A], { beforeEnd: Buffer.from("gap") }), ["hidden-bytes"]],
  ["a member that is not in its directory", zip([A, { ...B, isUnlisted: true }]), ["hidden-bytes"]],
  ["a name twice", zip([A, { ...B, name: "a" }]), ["duplicate-member"]],
  ["a name in upper case", zip([A, { ...B, name: "A" }]), ["similar-names"]],
  [
    "a name that is composed in two ways",
    zip([
      { ...A, name: "\u00e9", flags: 0x800 },
      { ...B, name: "e\u0301", flags: 0x800 },
    ]),
    ["similar-names"],
  ],
  ["a name with a dot at its end", zip([A, { ...B, name: "a." }]), ["similar-names"]],
  ["a folder with the name of a file", zip([A, { name: "a/", data: "" }]), ["similar-names"]],
  [
    "a backslash that makes a name twice",
    zip([
      { ...A, name: "x/a" },
      { ...B, name: "x\\a" },
    ]),
    ["path", "similar-names"],
  ],
  ["members that share data", zip([A, { ...A, name: "b", sharesWith: 0 }]), ["overlap", "header-mismatch"]],
  ["an absolute name", zip([{ ...A, name: "/etc/passwd" }]), ["path"]],
  ["a drive in a name", zip([{ ...A, name: "C:/x" }]), ["path"]],
  ["a name that leaves the folder", zip([{ ...A, name: "a/../../x" }]), ["path"]],
  ["an empty part in a name", zip([{ ...A, name: "a//x" }]), ["path"]],
  ["an empty name", zip([{ ...A, name: "" }]), ["path"]],
  ["a NUL in a name", zip([{ ...A, name: "m/data.pkl\u0000.txt" }]), ["path"]],
  ["a name that is not declared as UTF-8", zip([{ ...A, name: "é" }]), ["name-encoding"]],
  ["another name before the data", zip([{ ...A, local: { name: "b" } }]), ["header-mismatch"]],
  ["other flags before the data", zip([{ ...A, local: { flags: 1 } }]), ["header-mismatch"]],
  ["another compression before the data", zip([{ ...A, local: { method: 8 } }]), ["header-mismatch"]],
  ["another checksum before the data", zip([{ ...A, local: { crc: 1 } }]), ["header-mismatch"]],
  ["another size before the data", zip([{ ...A, local: { size: 1 } }]), ["header-mismatch"]],
  ["no size before the data and no descriptor after it", zip([{ ...A, local: { size: 0, compressedSize: 0 } }]), ["header-mismatch"]],
  [
    "another size in the descriptor",
    zip([{ ...A, flags: 8, descriptor: Buffer.concat([littleEndian(crc32(Buffer.from("the first")), 4), littleEndian(1, 8)]) }]),
    ["header-mismatch", "hidden-bytes"],
  ],
  ["a descriptor that is missing", zip([{ ...A, flags: 8, descriptor: Buffer.alloc(0) }]), ["header-mismatch"]],
  [
    "a second name in an extra field",
    zip([
      {
        ...A,
        central: { extra: extraField(0x7075, Buffer.concat([Buffer.of(1), littleEndian(crc32(Buffer.from("a")), 4), Buffer.from("b")])) },
      },
    ]),
    ["header-mismatch"],
  ],
  ["an encrypted member", zip([{ ...A, flags: 1 }]), ["encrypted"]],
  ["a strongly encrypted member", zip([{ ...A, flags: 0x41 }]), ["encrypted"]],
  ["a member with AES", zip([{ ...A, method: 99, central: { extra: extraField(0x9901, "1234567") } }]), ["encrypted", "method"]],
  ["a version that no reader has", zip([{ ...A, central: { version: 64 } }]), ["flags"]],
  ["patch data", zip([{ ...A, flags: 0x20 }]), ["flags"]],
  ["a flag that is reserved", zip([{ ...A, flags: 0x8000 }]), ["flags"]],
  ["an effort of deflate without deflate", zip([{ ...A, flags: 2 }]), ["flags"]],
  ["bzip2", zip([{ ...A, method: 12 }]), ["method"]],
  ["stored data of another size", zip([{ ...A, central: { size: 3 } }]), ["malformed", "header-mismatch"]],
  ["a size that deflate cannot reach", zip([{ ...A, method: 8, central: { size: 100_000 } }]), ["malformed", "header-mismatch"]],
  ["an extra field that is unknown", zip([{ ...A, central: { extra: extraField(0x1234, "x") } }]), ["extra-field"]],
  [
    "an extra field twice",
    zip([{ ...A, central: { extra: Buffer.concat([extraField(0x5455, "x"), extraField(0x5455, "x")]) } }]),
    ["extra-field"],
  ],
  ["an extra field that is cut", zip([{ ...A, central: { extra: extraField(0x5455, "x").subarray(0, 4) } }]), ["extra-field"]],
  ["a 64-bit field that no size needs", zip([{ ...A, central: { extra: extraField(1, "12345678") } }]), ["extra-field"]],
  ["an archive in its padding", zip([{ ...A, local: { extra: extraField(0x4246, zip([B])) } }]), ["extra-field"]],
  ["an archive in a field of its directory", zip([{ ...A, central: { extra: extraField(0x5455, zip([B])) } }]), ["extra-field"]],
  ["an unknown extra field before the data", zip([{ ...A, local: { extra: extraField(0x1234, "x") } }]), ["extra-field"]],
  ["records in its comment", zip([A], { comment: zip([B]).subarray(0, 40) }), ["comment"]],
  ["an archive in its comment", zip([A], { comment: zip([B]) }), ["hidden-bytes", "malformed"]],
  ["a comment that is longer than it says", zip([A], { comment: "comment", end: { commentLength: 3 } }), ["hidden-bytes"]],
  ["a symbolic link", zip([{ ...A, central: { system: 3, attributes: 0o120777 * 65536 } }]), ["link"]],
  ["a folder with content", zip([{ ...A, name: "a/" }]), ["malformed"]],
  ["a member that begins in its directory", zip([A, { ...B, central: { offset: 90 } }]), ["malformed"]],
  ["a member beyond its end", zip([{ ...A, central: { offset: 100_000 } }]), ["malformed"]],
] as const) {
  test(`an archive with ${what} has a fault`, async () => {
    const { faults } = await read(archive);
    for (const kind of kinds) assert.ok(faults.includes(kind), `${kind} is missing: ${faults.join(", ")}`);
  });
}

test("what only some readers find is among the members, as hidden", async () => {
  for (const archive of [
    zip([A, { ...B, isUnlisted: true }]),
    zip([A], { comment: zip([B]) }),
    zip([A], { prefix: zip([B]) }),
    zip([A], { prefix: zip([B]), isPrefixUncounted: true }),
    zip([A], { suffix: zip([B]) }),
    zip([A, { ...B, isUnlisted: true }]).subarray(0, -22),
  ]) {
    const { members } = await read(archive);
    const texts = await Promise.all(members.map(async (member) => contentOf(archive, member)));
    assert.ok(texts.includes("the first") && texts.includes("the second"), texts.join(", "));
  }
});

test("of 300 MB of weights, only headers are read", async () => {
  const data = Buffer.alloc(100_000_000);
  const file = inMemory(zip(["m/data/0", "m/data/1", "m/data/2"].map((name) => ({ ...torch(name, ""), data }))));
  assert.equal((await readZip(file, assert.fail)).length, 3);
  assert.ok(file.reads.reduce((sum, [, length]) => sum + length, 0) < 100_000);
});

test("a member is what size and checksum of the directory say, or it is not", async () => {
  const content = Buffer.from("the first ".repeat(30));
  const archive = zip([{ name: "a", data: content, method: 8 }]);
  const { members } = await read(archive);
  const [member] = members;
  assert.ok(member);
  const opened = await openMember(inMemory(archive), member, (bytes) => inflateRawSync(bytes), 1000);
  assert.ok(await isAsStated(opened, member));
  assert.ok(!(await isAsStated(opened, { ...member, crc: 1 })));
  assert.ok(!(await isAsStated(opened, { ...member, size: 1 })));
});

test("a member that inflates to more than the bound is not inflated", async () => {
  const archive = zip([{ name: "a", data: Buffer.alloc(2000), method: 8 }]);
  const [member] = (await read(archive)).members;
  assert.ok(member);
  await assert.rejects(openMember(inMemory(archive), member, assert.fail, 1999), FormatError);
});

test("the checksum is that of zlib for every length", () => {
  for (let length = 0; length < 40; length++) {
    const data = Buffer.from(deflateRawSync(Buffer.alloc(length, "abc"))).subarray(0, length);
    assert.equal(crc32(data), crc32(data.subarray(length >> 1), crc32(data.subarray(0, length >> 1))));
  }
  assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926);
});

test("an archive cut at any byte is malformed, and never takes long", async () => {
  const archive = zip([torch("m/data.pkl", "pickle"), A, { ...B, method: 8 }], { zip64: true });
  for (let length = 0; length < archive.length; length++) {
    const { faults } = await read(archive.subarray(0, length));
    assert.ok(faults.includes("malformed"), `cut at ${length}: ${faults.join(", ")}`);
  }
});

test("an archive with any byte changed is read, whatever is found", async () => {
  const archive = Buffer.from(zip([torch("m/data.pkl", "pickle"), { ...A, method: 8 }], { zip64: true, comment: "c" }));
  for (let at = 0; at < archive.length; at++) {
    for (const value of [0, 0xff, 0x50]) {
      const changed = Buffer.from(archive);
      changed[at] = value;
      assert.ok((await read(changed)).members.length <= 8);
    }
  }
});
