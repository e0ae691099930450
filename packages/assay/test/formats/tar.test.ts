import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { readTar } from "../../src/formats/tar/tar.ts";
import type { TarMember } from "../../src/formats/tar/tar-member.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { paxRecords, tar, type TarPart } from "../support/scan/tar.ts";

async function read(archive: Uint8Array): Promise<{ readonly faults: readonly string[]; readonly members: readonly TarMember[] }> {
  const faults: string[] = [];
  const members = await readTar(inMemory(archive), (kind) => void (faults.includes(kind) || faults.push(kind)));
  return { faults, members };
}

const A: TarPart = { name: "a", data: "the first" };
const LONG = `${"folder/".repeat(20)}file`;

for (const [writer, parts, names] of [
  ["POSIX", [A, { name: "folder/", type: "5" }, { name: "b", prefix: "folder", data: "x".repeat(600) }], ["a", "folder/b"]],
  [
    "GNU tar",
    [
      { ...A, isGnu: true },
      { name: "././@LongLink", type: "L", data: `${LONG}\0`, isGnu: true },
      { name: LONG.slice(0, 100), data: "b" },
    ],
    ["a", LONG],
  ],
  [
    "Python with PAX",
    [
      { name: "pax", type: "x", data: paxRecords({ path: LONG, mtime: "1.5" }) },
      { name: "short", data: "b" },
    ],
    [LONG],
  ],
  ["git with one global comment", [{ name: "pax_global_header", type: "g", data: paxRecords({ comment: "abc" }) }, A], ["a"]],
  [
    "NeMo, of the folder itself",
    [
      { name: "./", type: "5" },
      { name: "./model_config.yaml", data: "a: 1" },
    ],
    ["model_config.yaml"],
  ],
] satisfies readonly (readonly [string, readonly TarPart[], readonly string[]])[]) {
  test(`a tar archive of ${writer} has no fault`, async () => {
    const { faults, members } = await read(tar(parts));
    assert.deepEqual(faults, []);
    assert.deepEqual(
      members.map(({ name }) => name),
      names,
    );
  });
}

for (const [what, archive, kinds] of [
  ["a header whose checksum is wrong", tar([A, { ...A, name: "b", checksumFault: 1 }]), ["malformed"]],
  ["no end", tar([A], Buffer.alloc(0)), ["malformed"]],
  ["half an end", tar([A], Buffer.alloc(512)), ["malformed"]],
  ["a member that is cut", tar([{ name: "a", data: "x".repeat(2000) }]).subarray(0, 1500), ["malformed"]],
  ["a size beyond its end", tar([{ ...A, size: 1_000_000 }]), ["malformed"]],
  ["bytes after its end", tar([A], Buffer.concat([Buffer.alloc(1024), Buffer.from("x")])), ["hidden-bytes"]],
  ["an archive after its end", Buffer.concat([tar([A]), tar([{ ...A, name: "b" }])]), ["hidden-bytes"]],
  ["a member behind one block of zeros", Buffer.concat([tar([A], Buffer.alloc(512)), tar([{ ...A, name: "b" }])]), ["hidden-bytes"]],
  ["a name twice", tar([A, A]), ["duplicate-member"]],
  ["a name twice, once with ./", tar([A, { ...A, name: "./a" }]), ["duplicate-member"]],
  ["an absolute name", tar([{ ...A, name: "/etc/passwd" }]), ["path"]],
  ["a name that leaves the folder", tar([{ ...A, name: "a/../../b" }]), ["path"]],
  ["a long name that leaves the folder", tar([{ name: "pax", type: "x", data: paxRecords({ path: "../b" }) }, A]), ["path"]],
  ["a backslash in a name", tar([{ ...A, name: "a\\b" }]), ["path"]],
  ["a symbolic link", tar([{ name: "a", type: "2", linkName: "b" }]), ["link"]],
  ["a hard link", tar([A, { name: "b", type: "1", linkName: "a" }]), ["link"]],
  ["a link with content", tar([{ ...A, type: "2", linkName: "b" }]), ["link", "malformed"]],
  ["a device", tar([{ name: "a", type: "3" }]), ["member-kind"]],
  ["times of GNU tar in the place of a folder", tar([{ ...A, isGnu: true, prefix: "folder" }]), ["member-kind"]],
  ["a number that is not one", tar([{ ...A, mode: "rw-r--r" }]), ["member-kind"]],
  ["a long name without its end", tar([{ name: "L", type: "L", data: "long" }, A]), ["member-kind"]],
  ["a file with the name of a folder", tar([{ ...A, name: "a/" }]), ["member-kind"]],
  ["a sparse file", tar([{ ...A, type: "S" }]), ["member-kind"]],
  ["a member of an unknown type", tar([{ ...A, type: "Z" }]), ["member-kind"]],
  ["an unknown PAX keyword", tar([{ name: "pax", type: "x", data: paxRecords({ "GNU.sparse.name": "b" }) }, A]), ["member-kind"]],
  [
    "a PAX keyword twice",
    tar([{ name: "pax", type: "x", data: Buffer.concat([paxRecords({ path: "b" }), paxRecords({ path: "c" })]) }, A]),
    ["member-kind"],
  ],
  ["PAX records that are cut", tar([{ name: "pax", type: "x", data: "99 path=b\n" }, A]), ["member-kind"]],
  ["a name for all members", tar([{ name: "pax", type: "g", data: paxRecords({ path: "b" }) }, A]), ["member-kind"]],
  ["two sizes for a member", tar([{ name: "pax", type: "x", data: paxRecords({ size: "2" }) }, A]), ["member-kind"]],
  ["a name longer than is read", tar([{ name: "pax", type: "L", data: "x".repeat(70_000) }, A]), ["bounds"]],
] as const) {
  test(`a tar archive with ${what} has a fault`, async () => {
    const { faults } = await read(archive);
    for (const kind of kinds) assert.ok(faults.includes(kind), `${kind} is missing: ${faults.join(", ")}`);
  });
}

test("of the members of a tar archive, only headers are read", async () => {
  const file = inMemory(tar([{ name: "large", data: Buffer.alloc(10_000_000) }, A]));
  assert.equal((await readTar(file, assert.fail)).length, 2);
  assert.ok(file.reads.reduce((sum, [, length]) => sum + length, 0) < 5000);
});

test("a tar archive cut at any byte has a fault", async () => {
  const archive = tar([A, { name: "b", data: "x".repeat(600) }]);
  for (let length = 1; length < archive.length; length += 7) assert.notDeepEqual((await read(archive.subarray(0, length))).faults, []);
});
