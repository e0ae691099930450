import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { AssayError } from "../../core/error.ts";

/** What every plug-in's name starts with: sigstore/sigstore, pkg/signature/kms/cliplugin. */
const PREFIX = "sigstore-kms-";

/**
 * The executable `sigstore-kms-NAME` in the folders of PATH, the first that is there. Folders that are not
 * absolute are passed over: what is in the current folder, perhaps beside the model, is not run.
 *
 * Throws PLUGIN_MISSING.
 */
export function findPlugin(name: string, environment: Readonly<Record<string, string | undefined>>): string {
  const isWindows = process.platform === "win32";
  const path = environment["PATH"] ?? (isWindows ? environment["Path"] : undefined) ?? "";
  const file = isWindows ? `${PREFIX}${name}.exe` : `${PREFIX}${name}`;
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, file);
    if (isAbsolute(folder) && isExecutable(candidate)) return candidate;
  }
  throw new AssayError("PLUGIN_MISSING", `no program ${file} on the PATH, which would hold keys of the kind ${name}://`, {
    hint: "the page docs/signers.md says what such a plug-in is and how to make one",
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
