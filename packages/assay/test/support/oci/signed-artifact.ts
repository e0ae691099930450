import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "../../../src/api/sign.ts";
import { keySigner } from "../../../src/signing/key-signer.ts";
import { makeKeyPair } from "../keys.ts";
import { writeFiles } from "../models/on-disk.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export interface SignedFolder {
  readonly folder: string;
  readonly publicKey: string;
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly bundle: Uint8Array;
}

export const WEIGHTS = Buffer.alloc(3_000_000, 7);
export const FILES = { "config.json": "{}", "sub/weights.bin": WEIGHTS, "README.md": "# Granite\n" } as const;

/** A model on disk, signed by a key. */
export async function signedFolder(files: Readonly<Record<string, Uint8Array | string>> = FILES): Promise<SignedFolder> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig") });
  return { folder, publicKey, files, bundle: readFileSync(join(folder, "model.sig")) };
}
