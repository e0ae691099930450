import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { CacheBinding, type CacheSystem } from "../../src/hashing/cache-binding.ts";
import { fileAccess, type FileAccess } from "../../src/source/file-access.ts";
import { hashFiles } from "../support/hash.ts";
import { isLocalDisk, isMadeOfDisks, mountOf, parseMounts } from "../../src/hashing/mounts.ts";
import { modelFolder, temporaryFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const whole = { method: "files", hash: "sha256" } as const;
const DISK = "36 35 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n";

function system(table = DISK, more: Partial<CacheSystem> = {}): CacheSystem {
  return { bootId: "1", table, isLocalDisk: (source) => source.startsWith("/dev/sd"), writebackMs: 1000, ...more };
}

suite("the cache refuses", () => {
  const refused: Record<string, [line: string, message: RegExp]> = {
    "a network file system": ["9 36 0:50 / /m rw - nfs4 server:/models rw", /on nfs4, mounted at \/m/],
    "a Windows share": ["9 36 0:50 / /m rw - cifs //server/models rw", /on cifs/],
    "a FUSE file system": ["9 36 0:50 / /m rw,nosuid - fuse.sshfs user@host: rw", /on fuse.sshfs/],
    "a FUSE file system of a disk": ["9 36 8:2 / /m rw - fuseblk /dev/sdb1 rw", /on fuseblk/],
    "a squashfs image": ["9 36 7:0 / /m ro - squashfs /dev/loop0 ro", /on squashfs/],
    "an ISO 9660 image": ["9 36 11:0 / /m ro - iso9660 /dev/sr0 ro", /on iso9660/],
    "a file system in memory, whose pages are never written": ["9 36 0:50 / /m rw - tmpfs tmpfs rw", /on tmpfs/],
    "layers that do not say what is below": ["9 36 0:50 / /m rw - overlay overlay rw,lowerdir=/a", /on overlay/],
    "a file system that is not known": ["9 36 0:50 / /m rw - newfs /dev/sdb1 rw", /on newfs/],
    "an image of a known file system": ["9 36 7:1 / /m rw - ext4 /dev/loop1 rw", /\/dev\/loop1, which is not known to be a disk/],
    "a known file system over the network": ["9 36 43:0 / /m rw - xfs /dev/nbd0 rw", /\/dev\/nbd0/],
    "a disk that is mounted for reading": ["9 36 8:2 / /m ro,relatime - ext4 /dev/sdb1 rw", /read-only/],
    "a disk that is read-only below the mount": ["9 36 8:2 / /m rw - ext4 /dev/sdb1 ro", /read-only/],
    "the upper one of two mounts": ["9 36 8:2 / /m rw - ext4 /dev/sdb1 rw\n10 9 0:50 / /m rw - nfs4 server:/ rw", /on nfs4/],
    "a mount below a disk, with a blank in its name": ["9 36 0:50 / /m/a\\040b rw - nfs4 server:/ rw", /on nfs4/],
  };
  for (const [kind, [line, message]] of Object.entries(refused)) {
    test(kind, () => {
      const binding = new CacheBinding(system(`${DISK}${line}\n`));
      const path = line.includes("\\040") ? "/m/a b/w" : "/m/w";
      assert.throws(() => binding.tagOf(path), { code: "CACHE_UNSAFE", outcome: "usage", message });
      assert.equal(binding.tagOf("/elsewhere/w").length, 16);
      assert.equal(binding.tagOf("/mx").length, 16);
    });
  }

  test("a path that no listed mount holds", () => {
    assert.throws(() => new CacheBinding(system("")).tagOf("/w"), { code: "CACHE_UNSAFE" });
  });
});

suite("an entry of the cache", () => {
  /** The files that are opened when a model is hashed under `first`, and then under `second`. */
  async function opened(t: Parameters<typeof modelFolder>[0], first: CacheSystem, second: CacheSystem): Promise<number> {
    const { files } = await walkModel(modelFolder(t, { a: "1" }), { purpose: "sign" });
    const cache = join(temporaryFolder(t), "cache");
    const now = (): number => Date.now() + 10_000;
    await hashFiles(files, whole, { cache, clock: now, cacheSystem: first });
    let count = 0;
    const access: FileAccess = { ...fileAccess, open: (path) => (count++, fileAccess.open(path)) };
    await hashFiles(files, whole, { cache, clock: now, access, cacheSystem: second });
    return count;
  }
  test("counts on the same mount and in the same start of the system", async (t) => {
    assert.equal(await opened(t, system(), system()), 0);
  });
  test("does not count on another mount of the same device", async (t) => {
    assert.equal(await opened(t, system(), system(DISK.replace("36 35", "37 35"))), 1);
  });
  test("does not count on another disk at the same place", async (t) => {
    assert.equal(await opened(t, system(), system(DISK.replace("sda1", "sdb1"))), 1);
  });
  test("does not count after the system was started again", async (t) => {
    assert.equal(await opened(t, system(), system(DISK, { bootId: "2" })), 1);
  });
  test("is not made while a changed page may still wait for the disk", async (t) => {
    assert.equal(await opened(t, system(DISK, { writebackMs: 35_000 }), system()), 1);
    assert.equal(await opened(t, system(DISK, { writebackMs: undefined }), system()), 1);
  });
});

suite("a disk of this machine", () => {
  test("is not a virtual device, or is made of such disks only", (t) => {
    const sys = temporaryFolder(t);
    const device = (path: string, ...slaves: string[]): string => {
      const folder = join(sys, "devices", path);
      mkdirSync(join(folder, "slaves"), { recursive: true });
      for (const slave of slaves) symlinkSync(slave, join(folder, "slaves", slave.slice(slave.lastIndexOf("/") + 1)));
      return folder;
    };
    const disk = device("pci0000:00/ata1/block/sda");
    const loop = device("virtual/block/loop0");
    const encrypted = device("virtual/block/dm-0", disk);
    assert.equal(isMadeOfDisks(disk, sys), true);
    assert.equal(isMadeOfDisks(encrypted, sys), true);
    assert.equal(isMadeOfDisks(device("virtual/block/dm-1", encrypted), sys), true);
    assert.equal(isMadeOfDisks(loop, sys), false);
    assert.equal(isMadeOfDisks(device("virtual/block/dm-2", disk, loop), sys), false);
    assert.equal(isMadeOfDisks(device("virtual/block/dm-3", device("virtual/block/dm-4", loop)), sys), false);
  });

  test("is not what has no device", () => {
    assert.equal(isLocalDisk("/does/not/exist"), false);
    assert.equal(isLocalDisk("tmpfs"), false);
  });
});

test("a mount table is read with its escapes, and the longest place wins", () => {
  const mounts = parseMounts(
    `${DISK}broken\n7 36 8:2 / /a\\040b rw - ext4 /dev/sdb\\0401 rw\n8 7 8:3 / /a\\040b/c rw - xfs /dev/sdc1 rw\n`,
  );
  assert.equal(mounts.length, 3);
  assert.equal(mountOf("/a b", mounts)?.source, "/dev/sdb 1");
  assert.equal(mountOf("/a b/c/d", mounts)?.fileSystem, "xfs");
  assert.equal(mountOf("/a b/cd", mounts)?.fileSystem, "ext4");
  assert.equal(mountOf("/a", mounts)?.source, "/dev/sda1");
});
