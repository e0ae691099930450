import { decodePem } from "../../encoding/pem.ts";
import { type JsonNode, parseJson } from "../../encoding/json.ts";
import { AssayError } from "../../core/error.ts";
import { cleanText } from "../../network/server-text.ts";
import type { Hash } from "../../trust/signature.ts";
import type { PluginOutput } from "./run-plugin.ts";

/** The plug-in protocol of Sigstore's own clients: sigstore/sigstore, pkg/signature/kms/cliplugin, version v1. */
const PROTOCOL_VERSION = "v1";

/** How Go's `crypto.Hash` numbers them, and with it the protocol. */
const HASH_NUMBERS: Readonly<Record<Hash, number>> = { "SHA-256": 5, "SHA-384": 6, "SHA-512": 7 };

export type PluginMethod = "publicKey" | "signMessage";

/** The two arguments of a plug-in: the protocol's version, and what is wanted as JSON. `key` is what follows `NAME://`. */
export function pluginArguments(method: PluginMethod, key: string, hash: Hash, deadline: Date): readonly string[] {
  const rpcOptions = { ctxDeadline: deadline.toISOString(), keyVersion: "", remoteVerification: false };
  const wanted =
    method === "publicKey"
      ? { methodName: method, publicKey: { publicKeyOptions: { rpcOptions } } }
      : { methodName: method, signMessage: { signOptions: { rpcOptions, messageOptions: { hashFunc: HASH_NUMBERS[hash] } } } };
  const initOptions = {
    ctxDeadline: rpcOptions.ctxDeadline,
    protocolVersion: PROTOCOL_VERSION,
    keyResourceID: key,
    hashFunc: HASH_NUMBERS[hash],
    rpcOptions,
  };
  return [PROTOCOL_VERSION, JSON.stringify({ initOptions, ...wanted })];
}

/** The public key in the answer to `publicKey`, SPKI DER. Throws PLUGIN_FAILED, PLUGIN_ANSWER. */
export function readPublicKeyAnswer(output: PluginOutput, plugin: string): Uint8Array {
  const pem = result(output, plugin, "publicKey").require("publicKeyPEM").base64("PLUGIN_ANSWER");
  const [block, ...others] = blocks(pem, plugin);
  if (block?.label === "PUBLIC KEY" && others.length === 0) return block.bytes;
  throw new AssayError("PLUGIN_ANSWER", `the public key that ${plugin} gives is not one PEM block "PUBLIC KEY"`);
}

/** The signature in the answer to `signMessage`. Throws PLUGIN_FAILED, PLUGIN_ANSWER. */
export function readSignatureAnswer(output: PluginOutput, plugin: string): Uint8Array {
  return result(output, plugin, "signMessage").require("signature").base64("PLUGIN_ANSWER");
}

function result(output: PluginOutput, plugin: string, method: PluginMethod): JsonNode {
  const answer = parseAnswer(output, plugin);
  const refusal = answer.optional("errorMessage")?.string() ?? "";
  if (refusal !== "") throw new AssayError("PLUGIN_FAILED", `${plugin} says: ${cleanText(refusal)}`);
  return answer.require(method);
}

function parseAnswer(output: PluginOutput, plugin: string): JsonNode {
  const { stdout, diagnosis, end } = output;
  try {
    return parseJson(stdout, { what: `answer of ${plugin}`, shapeCode: "PLUGIN_ANSWER", maxDepth: 16, maxValues: 10_000 }).object();
  } catch (cause) {
    const found = stdout.length === 0 ? "gave no answer" : "gave an answer that is not a JSON object";
    throw new AssayError("PLUGIN_ANSWER", `${plugin} ${found} (${end})${diagnosis === "" ? "" : `; it says: ${diagnosis}`}`, { cause });
  }
}

function blocks(pem: Uint8Array, plugin: string): ReturnType<typeof decodePem> {
  try {
    return decodePem(pem);
  } catch (cause) {
    throw new AssayError("PLUGIN_ANSWER", `the public key that ${plugin} gives is damaged PEM`, { cause });
  }
}
