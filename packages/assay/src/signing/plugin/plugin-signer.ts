import { basename } from "node:path";
import type { Hash } from "../../trust/signature.ts";
import type { Signer } from "../signer.ts";
import { findPlugin } from "./find-plugin.ts";
import { splitKeyUri } from "./key-uri.ts";
import { outsideSigner } from "../outside-key.ts";
import { pluginEnvironment } from "./plugin-environment.ts";
import { pluginArguments, readPublicKeyAnswer, readSignatureAnswer, type PluginMethod } from "./protocol.ts";
import { runPlugin, type PluginOutput } from "./run-plugin.ts";

/** A key that a plug-in program holds. */
export interface PluginOptions {
  /** `NAME://KEY`: the program `sigstore-kms-NAME` holds the key, and knows it as KEY. */
  readonly keyUri: string;
  /** Where PATH is read, and of which the plug-in gets what is its own; the process's by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For each call; two minutes by default, for a person may have to touch a device. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Takes what the plug-in says on its error output, line by line, fit for a terminal. */
  readonly onMessage?: ((line: string) => void) | undefined;
}

const DEFAULT_TIMEOUT_MS = 120_000;
/** Before its key is known, a plug-in is asked as Sigstore's clients ask it. */
const FIRST_HASH: Hash = "SHA-256";

/**
 * A signer whose key a program holds: AWS, Google and Azure KMS, or anything else. The program speaks the
 * plug-in protocol of Sigstore's clients, so that one made for cosign works here and the other way round:
 * docs/signers.md. What is signed travels to it whole, on stdin.
 *
 * Throws KEY_URI, PLUGIN_MISSING, PLUGIN_FAILED, PLUGIN_ANSWER, ABORTED, and what `parsePublicKey` throws.
 */
export async function pluginSigner(options: PluginOptions): Promise<Signer> {
  const { environment = process.env, timeoutMs = DEFAULT_TIMEOUT_MS, signal, onMessage } = options;
  const { scheme, rest } = splitKeyUri(options.keyUri);
  const executable = findPlugin(scheme, environment);
  const plugin = basename(executable);
  const nothing = new Uint8Array();
  const passed = pluginEnvironment(scheme, environment);

  async function ask(method: PluginMethod, hash: Hash, input: Uint8Array): Promise<PluginOutput> {
    const deadline = new Date(Date.now() + timeoutMs);
    const wanted = pluginArguments(method, rest, hash, deadline);
    return runPlugin({ executable, arguments: wanted, input, environment: passed, timeoutMs, signal, onMessage });
  }

  return outsideSigner({
    publicKey: readPublicKeyAnswer(await ask("publicKey", FIRST_HASH, nothing), plugin),
    holder: plugin,
    answerCode: "PLUGIN_ANSWER",
    sign: async ({ bytes, hash }) => readSignatureAnswer(await ask("signMessage", hash, bytes), plugin),
  });
}
