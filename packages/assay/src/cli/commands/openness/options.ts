import { resolve } from "node:path";
import { AssayError } from "../../../core/error.ts";
import { isRemoteReference } from "../../../api/opened/with-opened.ts";
import type { OpennessClass, Trust } from "../../../index.ts";
import type { CommandContext, Invocation, VerifyMethod } from "../../command.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { glanceAt } from "../../inputs/places.ts";
import { readNamedSignature } from "../../inputs/signature.ts";
import { readTrust } from "../../inputs/trust.ts";

/** Throws USAGE for options that do not go together, and for options of folders where a file is named. */
export function checkOptions({ arguments: files, values }: Invocation, { cwd }: CommandContext): void {
  if (values.text("badge") !== undefined && files.length > 1) {
    throw new AssayError("USAGE", `--badge is for one model, and ${files.length} were named`);
  }
  const forFolders = values.flag("write") === true ? "write" : values.text("signature") === undefined ? undefined : "signature";
  if (forFolders === undefined) return;
  const file = files.find((path) => !isFolder(path, cwd));
  if (file !== undefined) throw new AssayError("USAGE", `--${forFolders} is for a model's folder, and ${file} is not a folder`);
}

/** Whether a model is named, on this machine or on a server, and not a mof.yml. */
export function isFolder(path: string, cwd: string): boolean {
  return isRemoteReference(path) || glanceAt(resolve(cwd, path))?.isDirectory() === true;
}

const CLASSES: ReadonlyMap<string | undefined, OpennessClass> = new Map([
  ["1", 1],
  ["2", 2],
  ["3", 3],
]);

/** The class of `--require-class`. */
export function requiredClass(values: OptionValues): OpennessClass | undefined {
  return CLASSES.get(values.text("require-class"));
}

/** What the options say of a signature. Both throw what reading throws. */
export interface SignatureOptions {
  readonly trust: () => Promise<Trust | undefined>;
  readonly signature: () => Promise<string | Uint8Array | undefined>;
}

/** Reads for the first folder, for all of them: a stream gives its bytes once. A mof.yml asks for neither. */
export function signatureOptions(values: OptionValues, context: CommandContext): SignatureOptions {
  const named = values.text("signature");
  return {
    trust: once(() => readCoverageTrust(values, context)),
    signature: once(async () => (named === undefined ? undefined : readNamedSignature(named))),
  };
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= read());
}

/**
 * The trust that the options name, for the question which files are signed; undefined without any. The method is the
 * one that the options belong to. Throws USAGE for options of two methods, or a signature without any.
 */
async function readCoverageTrust(values: OptionValues, context: CommandContext): Promise<Trust | undefined> {
  const methods: readonly VerifyMethod[] = [
    ...(values.text("public-key") === undefined ? [] : ["key" as const]),
    ...(values.texts("certificate-chain").length === 0 ? [] : ["certificate" as const]),
    ...((values.text("identity") ?? values.text("identity-regexp")) === undefined ? [] : ["sigstore" as const]),
  ];
  const [method, other] = methods;
  if (other !== undefined) throw new AssayError("USAGE", `the options trust both by ${methods.join(" and by ")}; one method decides`);
  if (method !== undefined) return readTrust(method, values, context);
  if (values.text("signature") === undefined) return undefined;
  throw new AssayError("USAGE", "--signature needs to know whom to trust", {
    hint: "add --public-key FILE, --certificate-chain FILE, or --identity and --identity-provider",
  });
}
