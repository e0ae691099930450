import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { suite, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import * as fc from "fast-check";
import { digest } from "../../../src/api/digest.ts";
import type { Digested, Verification } from "../../../src/api/results.ts";
import { scan } from "../../../src/api/scan.ts";
import { verify } from "../../../src/api/verify.ts";
import { asAssayError, AssayError } from "../../../src/core/error.ts";
import { openOciModel } from "../../../src/source/oci/open-oci-model.ts";
import { TarStream } from "../../../src/source/oci/tar-stream.ts";
import { readReference } from "../../../src/source/reference.ts";
import { effort } from "../../support/effort.ts";
import { digestOf, fakeRegistry, type DescriptorJson, type FakeRegistry } from "../../support/oci/fake-registry.ts";
import { FILES, signedFolder, WEIGHTS } from "../../support/oci/signed-artifact.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { paxRecords, tar, type TarPart } from "../../support/scan/tar.ts";

const access = { environment: { HOME: "/nowhere" } };
const TYPE = "application/vnd.cncf.model.weight.v1.tar";

const reference = (registry: FakeRegistry): string => `oci:${registry.host}/acme/granite:v1`;
const partsOf = (files: Readonly<Record<string, Uint8Array | string>>): TarPart[] =>
  Object.entries(files).map(([name, data]) => ({ name, data }));

/** Random bytes: what compresses little. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash("sha256").update(String(index)).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

type Packing = "tar" | "tar+gzip" | "tar+zstd";
const PACKINGS: readonly Packing[] = ["tar", "tar+gzip", "tar+zstd"];

function packed(packing: Packing, archive: Uint8Array): Uint8Array {
  if (packing === "tar") return archive;
  return packing === "tar+gzip" ? gzipSync(archive) : zstdCompressSync(archive);
}

const layer = (registry: FakeRegistry, archive: Uint8Array, packing: Packing = "tar"): DescriptorJson =>
  registry.blob(packed(packing, archive), { mediaType: TYPE.replace("tar", packing) });

/** What is said of an artifact with this one archive. */
async function codeOf(bytes: Uint8Array, mediaType = TYPE): Promise<string> {
  const registry = await fakeRegistry();
  registry.artifact([registry.blob(bytes, { mediaType })]);
  return outcomeOf(digest(reference(registry), access));
}

async function outcomeOf(work: Promise<Digested | Verification>): Promise<string> {
  try {
    await work;
    return "no error";
  } catch (error) {
    return asAssayError(error).code;
  }
}

suite("an archive in a registry", () => {
  for (const packing of PACKINGS) {
    test(`has the digests of a copy on disk, and verifies, as ${packing}`, async () => {
      const folder = await signedFolder({ ...FILES, "empty.txt": "", "noise.bin": noise(2_000_000) });
      const registry = await fakeRegistry();
      const subject = registry.artifact([layer(registry, tar([{ name: "sub/", type: "5" }, ...partsOf(folder.files)]), packing)]);
      registry.attach(subject, folder.bundle);
      const [there, here] = [await digest(reference(registry), access), await digest(folder.folder)];
      assert.deepEqual([there.manifestDigest, there.rootDigest], [here.manifestDigest, here.rootDigest]);
      const verification = await verify(reference(registry), { trust: { method: "key", publicKey: folder.publicKey }, ...access });
      assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
      const said = verification.warnings.filter(({ code }) => code === "ARCHIVE_STREAMED").map(({ message }) => message);
      assert.equal(said.length, packing === "tar" ? 0 : 1);
      if (packing !== "tar") assert.match(said[0] ?? "", /layer 1 .* compressed .* all of its 2,\d{3},\d{3} bytes were read/);
    });

    test(`is saved, file by file, with the signature that is attached, as ${packing}`, async () => {
      const folder = await signedFolder({ ...FILES, "empty.txt": "", "noise.bin": noise(2_000_000) });
      const registry = await fakeRegistry();
      const subject = registry.artifact([layer(registry, tar([{ name: "sub/", type: "5" }, ...partsOf(folder.files)]), packing)]);
      registry.attach(subject, folder.bundle);
      const saved = join(temporaryFolder(), "granite");
      const trust = { method: "key", publicKey: folder.publicKey } as const;
      const verification = await verify(reference(registry), { trust, save: saved, ...access });
      assert.deepEqual([verification.outcome, verification.saved?.state], ["verified", "saved"]);
      assert.equal((await verify(saved, { trust })).outcome, "verified");
    });

    test(`has the other digests too, as ${packing}`, async () => {
      const folder = await signedFolder({ ...FILES, "noise.bin": noise(2_000_000) });
      const registry = await fakeRegistry();
      registry.artifact([layer(registry, tar(partsOf(folder.files)), packing)]);
      for (const options of [{ hash: "blake3" }, { shardSize: 1_000_000 }] as const) {
        const [there, here] = [await digest(reference(registry), { ...access, ...options }), await digest(folder.folder, options)];
        assert.equal(there.manifestDigest, here.manifestDigest);
      }
    });

    test(`is scanned as a copy on disk is, as ${packing}`, async () => {
      const weights = safetensors({ a: { shape: [750_000] } });
      const registry = await fakeRegistry();
      const pickle = "cos\nsystem\n(S'x'\ntR.";
      registry.artifact([layer(registry, tar(partsOf({ "a.safetensors": weights, "b.pkl": pickle, "c.bin": noise(2_000_000) })), packing)]);
      const { risk } = await scan(reference(registry), access);
      assert.equal(risk.outcome, "code");
      assert.equal(risk.files.find(({ file }) => file === "a.safetensors")?.outcome, "data-only");
    });
  }

  test("that is not compressed is passed over by ranges", async () => {
    const registry = await fakeRegistry();
    const large = safetensors({ a: { shape: [5_000_000] } });
    registry.artifact([layer(registry, tar(partsOf({ "config.json": "{}", "w.safetensors": large, "z.json": "[]" })))]);
    await scan(reference(registry), access);
    const bytes = registry.requests
      .filter(({ path }) => path.includes("/blobs/"))
      .map(({ headers }) => {
        const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? "") ?? [];
        return from === undefined ? large.length : Number(to) - Number(from) + 1;
      });
    assert.ok(bytes.reduce((sum, one) => sum + one, 0) < 1_500_000, String(bytes));
  });

  test("that is compressed is read once to be verified", async () => {
    const folder = await signedFolder({ ...FILES, "noise.bin": noise(2_000_000) });
    const registry = await fakeRegistry();
    registry.attach(registry.artifact([layer(registry, tar(partsOf(folder.files)), "tar+gzip")]), folder.bundle);
    await verify(reference(registry), { trust: { method: "key", publicKey: folder.publicKey }, ...access });
    const digests = [...registry.blobs].filter(([, bytes]) => bytes.length > 1_500_000).map(([own]) => own);
    assert.equal(registry.requests.filter(({ path }) => path.endsWith(digests[0] ?? "?")).length, 1);
  });

  test("is read at any place of a compressed file, within a bound", async () => {
    const registry = await fakeRegistry();
    const content = noise(2_000_000);
    registry.artifact([layer(registry, tar(partsOf({ "a.bin": content, "b.bin": content })), "tar+gzip")]);
    const model = await openOciModel("x", readReference(reference(registry)), access);
    const [a, b] = model.files;
    assert.ok(a !== undefined && b !== undefined);
    const before = registry.requests.length;
    for (const [file, at] of [
      [a, 0],
      [a, 1_000_000],
      [a, 1_990_000],
      [a, 1_200_000],
      [a, 1_500_000],
      [b, 1_048_570],
      [b, 1_600_000],
    ] as const) {
      assert.ok(content.subarray(at, at + 10_000).equals(await model.read(file, at, 10_000)), `${file.name} ${at}`);
    }
    assert.equal(registry.requests.length - before, 2, "beginnings and ends are kept, and a part of the last file");
    await rejectsWith("REMOTE_FORMAT", async () => {
      for (let times = 0; times < 40; times++) await model.read(times % 2 === 0 ? a : b, 1_500_000, 8);
    });
  });

  test("of a ModelKit is unpacked where its Kitfile says", async () => {
    const registry = await fakeRegistry();
    const kit = (kind: string, name: string): DescriptorJson =>
      registry.blob(gzipSync(tar([{ name, data: name }])), { mediaType: `application/vnd.kitops.modelkit.${kind}.v1.tar+gzip` });
    const layers = [kit("model", "models/a.gguf"), kit("docs", "README.md"), kit("code", "run.py")];
    const kitfile = (content: unknown): DescriptorJson =>
      registry.blob(JSON.stringify(content), { mediaType: "application/vnd.kitops.modelkit.config.v1+json" });
    const [model, docs, code] = layers.map(({ digest: own }) => own);
    registry.artifact(layers, {
      config: kitfile({
        model: { path: "models/a.gguf", digest: model },
        docs: [{ path: "docs/README.md" }],
        code: [{ path: ".", digest: code }],
      }),
    });
    assert.deepEqual(
      (await digest(reference(registry), access)).files.map(({ name }) => name),
      ["docs/README.md", "models/a.gguf", "run.py"],
    );
    for (const content of [
      { model: { path: "acme/base:v1" }, docs: [{ path: "x" }], code: [{ path: "x" }] },
      { model: { path: "x", digest: docs }, docs: [{ path: "x" }], code: [{ path: "x" }] },
      { model: { path: "x" }, docs: [{ path: "x" }] },
    ]) {
      registry.artifact(layers, { config: kitfile(content) });
      assert.equal(await outcomeOf(digest(reference(registry), access)), "REMOTE_FORMAT");
    }
  });

  test("of a folder that ORAS packed is unpacked, and a file that it packed is a file", async () => {
    const registry = await fakeRegistry();
    const annotations = { "org.opencontainers.image.title": "sub", "io.deis.oras.content.unpack": "true" };
    registry.artifact([
      registry.blob(
        gzipSync(
          tar([
            { name: "sub", type: "5" },
            { name: "sub/a.json", data: "{}" },
          ]),
        ),
        { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", annotations },
      ),
      registry.file("b.tar.gz", gzipSync("x"), "application/vnd.oci.image.layer.v1.tar+gzip"),
    ]);
    assert.deepEqual(
      (await digest(reference(registry), access)).files.map(({ name }) => name),
      ["b.tar.gz", "sub/a.json"],
    );
  });
});

suite("an archive that is hostile", () => {
  const file: TarPart = { name: "a", data: "a" };
  const refused: readonly [string, Uint8Array][] = [
    ["a symbolic link", tar([file, { name: "b", type: "2", linkName: "a" }])],
    ["a hard link", tar([file, { name: "b", type: "1", linkName: "a" }])],
    ["a device", tar([{ name: "b", type: "3" }])],
    ["a pipe", tar([{ name: "b", type: "6" }])],
    ["a sparse file", tar([{ name: "b", type: "S", data: "x" }])],
    ["a sparse file by PAX", tar([{ name: "p", type: "x", data: paxRecords({ "GNU.sparse.major": "1" }) }, file])],
    ["an unknown type", tar([{ name: "b", type: "Z" }])],
    ["an unknown PAX record", tar([{ name: "p", type: "x", data: paxRecords({ "ACME.name": "c" }) }, file])],
    ["one PAX name for all", tar([{ name: "p", type: "g", data: paxRecords({ path: "c" }) }, file])],
    ["two sizes", tar([{ name: "p", type: "x", data: paxRecords({ size: "512" }) }, file])],
    ["a long name without its end", tar([{ name: "l", type: "L", data: "abc" }, file])],
    ["a name or record without bound", tar([{ name: "l", type: "L", data: `${"a".repeat(100_000)}\0` }, file])],
    ["a wrong checksum", tar([{ ...file, checksumFault: 1 }])],
    ["no end", tar([file], new Uint8Array())],
    ["half an end", tar([file], new Uint8Array(512))],
    ["bytes behind its end", tar([file], Buffer.concat([Buffer.alloc(1024), Buffer.from("x")]))],
    ["a member behind one block of zeros", Buffer.concat([tar([file], new Uint8Array(512)), tar([{ name: "b", data: "b" }])])],
    ["a member that is cut off", tar([{ ...file, size: 100_000 }])],
    ["a folder with content", tar([{ name: "d/", type: "5", data: "x" }])],
    ["a folder that leaves it", tar([{ name: "../d/", type: "5" }])],
    ["a file that is a folder for some", tar([{ name: "d/", data: "x" }])],
    ["times where others see a folder", tar([{ ...file, prefix: "b", isGnu: true }])],
    ["a number that is not one", tar([{ ...file, mode: "000064x" }])],
    ["no tar at all", Buffer.alloc(2048, 1)],
    ["nothing", Buffer.alloc(0)],
    ["a file that a layer takes away", tar([{ name: "sub/.wh.a", data: "" }])],
  ];
  for (const [what, archive] of refused) {
    test(`with ${what} is not understood`, async () => {
      assert.equal(await codeOf(archive), "REMOTE_FORMAT");
      assert.equal(await codeOf(gzipSync(archive), `${TYPE}+gzip`), "REMOTE_FORMAT");
    });
  }

  for (const name of ["../a", "/a", "a\\b", "C:a", "a/../b", "a//b", "a\nb"]) {
    test(`with the name ${JSON.stringify(name)} is refused`, async () =>
      assert.equal(await codeOf(tar([{ name, data: "a" }])), "REMOTE_NAME"));
  }

  test("has a long name that ends in another buffer than it begins in", async () => {
    const long = `${"folder/".repeat(300)}name.txt`;
    // The name begins 1024 bytes before the end of the first 256 KiB.
    const archive = tar([
      { name: "noise.bin", data: noise(256 * 1024 - 2048) },
      { name: "long", type: "L", data: `${long}\0` },
      { name: "short", data: "text" },
    ]);
    const registry = await fakeRegistry();
    registry.artifact([layer(registry, archive, "tar+gzip")]);
    assert.deepEqual(
      (await digest(reference(registry), access)).files.map(({ name }) => name),
      [long, "noise.bin"],
    );
  });

  test("with a name twice, in it or beside it, is refused", async () => {
    assert.equal(await codeOf(tar([file, file])), "REMOTE_NAME");
    assert.equal(await codeOf(tar([file, { name: "A", data: "" }])), "REMOTE_NAME");
    const registry = await fakeRegistry();
    registry.artifact([layer(registry, tar([file])), registry.file("a", "other")]);
    assert.equal(await outcomeOf(digest(reference(registry), access)), "REMOTE_NAME");
  });

  test("with long names of GNU tar and of PAX is understood", async () => {
    const long = `${"d".repeat(120)}/${"f".repeat(120)}`;
    const registry = await fakeRegistry();
    registry.artifact([
      layer(
        registry,
        tar([
          { name: "././@LongLink", type: "L", data: `${long}\0` },
          { name: long.slice(0, 100), data: "1" },
          { name: "p", type: "x", data: paxRecords({ path: `${long}2`, mtime: "1.5", size: "2" }) },
          { name: "short", data: "22" },
          { name: "./c", data: "333" },
        ]),
      ),
    ]);
    assert.deepEqual(
      (await digest(reference(registry), access)).files.map(({ name, size }) => [name, size]),
      [
        ["c", 3],
        [long, 1],
        [`${long}2`, 2],
      ],
    );
  });

  test("that is damaged, truncated, has bytes behind it or expands beyond all measure is not understood", async () => {
    const archive = tar([{ name: "a", data: noise(100_000) }]);
    const bomb = tar([{ name: "a", data: Buffer.alloc(90_000_000) }]);
    for (const [pack, suffix] of [
      [gzipSync, "gzip"],
      [zstdCompressSync, "zstd"],
    ] as const) {
      const whole = Buffer.from(pack(archive));
      const damaged = Buffer.from(whole);
      damaged.fill(255, 1000, 1100);
      const bad = [
        ...(suffix === "gzip" ? [damaged] : []),
        whole.subarray(0, -5),
        Buffer.concat([whole, Buffer.from("x")]),
        Buffer.concat([whole, Buffer.alloc(8)]),
        archive,
        Buffer.from(pack(bomb)),
      ];
      for (const [index, bytes] of bad.entries())
        assert.equal(await codeOf(bytes, `${TYPE}+${suffix}`), "REMOTE_FORMAT", `${suffix} ${index}`);
      // Several members or frames are one content.
      const [half, rest] = [Buffer.from(pack(archive.subarray(0, 50_000))), Buffer.from(pack(archive.subarray(50_000)))];
      assert.equal(await codeOf(Buffer.concat([half, rest]), `${TYPE}+${suffix}`), "no error");
    }
  });

  test("of other bytes than the manifest lists is a registry that gives other bytes, whatever they are", async () => {
    for (const packing of PACKINGS) {
      for (const content of [packed(packing, tar([{ name: "a", data: Buffer.alloc(4_500_000, 1) }])), Buffer.from("not an archive")]) {
        const registry = await fakeRegistry();
        const { digest: listed } = registry.artifact([layer(registry, tar([{ name: "a", data: WEIGHTS }]), packing)]);
        const document = JSON.parse(registry.manifests.get(listed)?.bytes.toString() ?? "") as {
          layers: { digest: string; size: number }[];
        };
        const [own] = document.layers;
        assert.ok(own !== undefined);
        registry.blobs.set(own.digest, Buffer.concat([content, Buffer.alloc(own.size)]).subarray(0, own.size));
        assert.equal(await outcomeOf(digest(reference(registry), access)), "REMOTE_DIGEST", packing);
      }
    }
  });

  test("of other bytes when it is read again is found", async () => {
    const archives = [tar([{ name: "a", data: Buffer.alloc(4_500_000, 1) }]), tar([{ name: "a", data: Buffer.alloc(4_500_000, 2) }])];
    let asked = 0;
    const registry = await fakeRegistry({
      instead: ({ path, headers }, response) => {
        if (!path.endsWith(digestOf(archives[0] ?? new Uint8Array())) || headers.range !== undefined) return false;
        response.end(archives[asked++ === 0 ? 1 : 0]);
        return true;
      },
    });
    registry.artifact([layer(registry, archives[0] ?? new Uint8Array())]);
    assert.equal(await outcomeOf(digest(reference(registry), access)), "REMOTE_DIGEST");
  });
});

suite("a tar archive that passes", () => {
  interface Seen {
    readonly files: readonly string[];
    readonly content: string;
  }
  const read = (pieces: readonly Uint8Array[]): Seen | string => {
    const files: string[] = [];
    const content: Uint8Array[] = [];
    const stream = new TarStream(
      { file: ({ name, size, offset }) => files.push(`${name} ${size} ${offset}`), content: (bytes) => content.push(bytes.slice()) },
      "layer",
    );
    try {
      for (const piece of pieces) stream.push(piece);
      stream.end();
      return { files, content: Buffer.concat(content).toString("hex") };
    } catch (error) {
      assert.ok(error instanceof AssayError, String(error));
      return error.code;
    }
  };
  const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
    const pieces: Uint8Array[] = [];
    for (let at = 0, index = 0; at < bytes.length; index++) {
      const size = sizes[index % sizes.length] ?? bytes.length;
      pieces.push(bytes.subarray(at, at + size));
      at += size;
    }
    return pieces;
  };
  const parts = fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,20}$/), data: fc.uint8Array({ maxLength: 1500 }) }), {
    maxLength: 5,
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 1400 }), { minLength: 1, maxLength: 5 });

  test("is the same however it is cut", () => {
    const property = fc.property(parts, sizes, (members, steps) => {
      const archive = tar(members);
      assert.deepEqual(read(cut(archive, steps)), read([archive]));
    });
    fc.assert(property, { numRuns: effort(100, 5000) });
  });

  test("is read or refused, whatever its bytes are", () => {
    const faults = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 6 });
    const property = fc.property(parts, faults, sizes, (members, changes, steps) => {
      const archive = Buffer.from(tar(members));
      for (const [at, value] of changes) if (at < archive.length) archive[at] = value;
      assert.deepEqual(read(cut(archive, steps)), read([archive]));
    });
    fc.assert(property, { numRuns: effort(200, 20_000) });
  });
});
