import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../temporary-folder.ts";

/** The folder of the worked example, `sigstore-kms-keyfile`. */
export const EXAMPLE_FOLDER = fileURLToPath(new URL("../../../../../examples/signer-plugin", import.meta.url));

/** An environment whose PATH leads to these folders first, and to this Node, which the example's first line asks for. */
export function pathOf(...folders: readonly string[]): Record<string, string | undefined> {
  return { ...process.env, PATH: [...folders, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter) };
}

/** A folder with one plug-in, `sigstore-kms-NAME`: a shell script that does as `lines` say. */
export function pluginFolder(name: string, lines: string): string {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  const file = join(folder, `sigstore-kms-${name}`);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return folder;
}

/** The start of a script: it answers `publicKey` with this key, and continues for anything else. */
export function knowsItsKey(pem: string): string {
  const answer = JSON.stringify({ publicKey: { publicKeyPEM: Buffer.from(pem).toString("base64") } });
  return `case "$2" in *'"methodName":"publicKey"'*) printf '%s' '${answer}'; exit 0;; esac`;
}
