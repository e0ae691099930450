import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeFolder } from "../../../api/output-file.ts";
import { AssayError } from "../../../core/error.ts";
import { makeModelFiles } from "./model-files.ts";

/** The folder in which the demo works, and the names of what is in it. */
export interface Workshop {
  readonly folder: string;
  readonly model: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly policy: string;
  readonly totalBytes: number;
  readonly fileCount: number;
  close(): Promise<void>;
}

const NAMES = { model: "pebble", privateKey: "demo.key", publicKey: "demo.pub", policy: "policy.yml" } as const;

/** What the person who downloads the model decides by. */
const POLICY = `version: 1
name: demo
models:
  - id: pebble
    match: { name: "pebble*" }
    rules:
      signers: [{ name: its maker, key: { file: ${NAMES.publicKey} } }]
      load: data-only
      license: [MIT]
`;

/**
 * Makes the model and a fresh P-256 key, in a temporary folder that `close` removes, or in `keep`,
 * which must be new or empty and stays. Throws USAGE, OUTPUT_WRITE.
 */
export async function openWorkshop(keep: string | undefined, cwd: string): Promise<Workshop> {
  const folder = keep === undefined ? await temporaryFolder() : await emptyFolder(resolve(cwd, keep), keep);
  const files = makeModelFiles();
  await mkdir(join(folder, NAMES.model));
  let totalBytes = 0;
  for (const [name, content] of files) {
    await writeFile(join(folder, NAMES.model, name), content);
    totalBytes += Buffer.byteLength(content);
  }
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(join(folder, NAMES.privateKey), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  await writeFile(join(folder, NAMES.policy), POLICY);
  await writeFile(join(folder, NAMES.publicKey), publicKey.export({ type: "spki", format: "pem" }));
  return {
    folder,
    ...NAMES,
    totalBytes,
    fileCount: files.size,
    close: () => (keep === undefined ? rm(folder, { recursive: true, force: true }) : Promise.resolve()),
  };
}

export interface FlippedByte {
  readonly offset: number;
  readonly before: number;
  readonly after: number;
}

/** Flips the lowest bit of one byte in the middle of a file: the smallest change that there is. */
export async function flipOneBit(path: string): Promise<FlippedByte> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const offset = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, offset);
    const before = byte.readUInt8(0);
    byte.writeUInt8(before ^ 1, 0);
    await file.write(byte, 0, 1, offset);
    return { offset, before, after: before ^ 1 };
  } finally {
    await file.close();
  }
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), "assay-demo-"));
  } catch (cause) {
    throw new AssayError("OUTPUT_WRITE", `no temporary folder can be made in ${tmpdir()}`, {
      cause,
      hint: "set TMPDIR to a folder that can be written to, or name a new folder: assay demo --keep FOLDER",
    });
  }
}

async function emptyFolder(folder: string, named: string): Promise<string> {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new AssayError("USAGE", `--keep ${named} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if ((await readdir(folder)).length > 0) {
    throw new AssayError("USAGE", `--keep ${named} is not empty`, { hint: "name a new or an empty folder" });
  }
  return folder;
}
