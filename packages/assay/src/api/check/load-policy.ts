import { dirname, resolve } from "node:path";
import { asAssayError, type AssayError } from "../../core/error.ts";
import type { Place } from "../../encoding/yaml.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Policy, PolicySigner, Rules } from "../../policy/policy.ts";
import { faultOf } from "../../policy/read/faults.ts";
import { sha256Hex } from "../../trust/fingerprint.ts";
import { readPolicyFile } from "../policy-file.ts";
import { trustInSigner, type SignerTrust, type TrustFiles } from "./signer-trust.ts";

/** A policy with everything that it names, read and parsed: nothing about it can go wrong once a model is opened. */
export interface LoadedPolicy {
  readonly policy: Policy;
  /** Absolute. */
  readonly path: string;
  /** `sha256:` and hex of the policy's bytes. */
  readonly digest: string;
  /** What it names, by the names that it has there, in their order; with `digest` this is "the same policy". */
  readonly files: readonly NamedFile[];
  /** Whom each of its signers means. */
  readonly trust: ReadonlyMap<PolicySigner, SignerTrust>;
}

/** A file that a policy names. */
export interface NamedFile {
  readonly name: string;
  /** `sha256:` and hex. */
  readonly digest: string;
}

/** Keys and certificates. */
const MAX_FILE = 1024 * 1024;
/** Lists of large authorities have tens of megabytes. */
const MAX_REVOCATION_LIST = 64 * 1024 * 1024;

/**
 * Reads a policy file and the keys, certificates, lists and trusted roots that it names, relative to it. Advisories and the
 * lock file are data of the decision, and are read for it.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE, what `readPolicy` throws, and POLICY_FILE, at the value, where a
 * named file is missing, too large or not what it must be.
 */
export async function loadPolicy(file: string, cwd: string): Promise<LoadedPolicy> {
  const { policy, path, bytes } = await readPolicyFile(file, cwd);
  const folder = dirname(path);
  const read = new Map<string, Uint8Array>();
  const files: TrustFiles = {
    folder,
    read: ({ path: name, place }, what) => {
      const limit = what === "revocation list" ? MAX_REVOCATION_LIST : MAX_FILE;
      const content = read.get(name) ?? atValue(file, place, () => readBounded(resolve(folder, name), what, limit, "USAGE"));
      read.set(name, content);
      return { name, content };
    },
    check: async (place, use) => {
      try {
        return await use();
      } catch (thrown) {
        throw faultAt(file, place, thrown);
      }
    },
  };
  const trust = new Map<PolicySigner, SignerTrust>();
  for (const signer of signersOf(policy)) trust.set(signer, await trustInSigner(signer, files));
  const digests = [...read].map(async ([name, content]) => ({ name, digest: `sha256:${await sha256Hex(content)}` }));
  return { policy, path, digest: `sha256:${await sha256Hex(bytes)}`, files: await Promise.all(digests), trust };
}

/** All rules of a policy, in both scopes. */
function rulesOfPolicy({ always, entries }: Policy): readonly Rules[] {
  return [always, ...entries.map(({ rules }) => rules)].filter((rules) => rules !== undefined);
}

function signersOf(policy: Policy): readonly PolicySigner[] {
  return rulesOfPolicy(policy).flatMap(({ signers }) => signers?.anyOf ?? []);
}

function atValue<Value>(file: string, place: Place, read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    throw faultAt(file, place, thrown);
  }
}

/** What is wrong with a named file is a fault of the policy at the value that names it. */
function faultAt(file: string, place: Place, thrown: unknown): AssayError {
  const error = asAssayError(thrown);
  return error.code === "INTERNAL" || error.code === "ABORTED" ? error : faultOf("POLICY_FILE", file, place, error.message);
}
