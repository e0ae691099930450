import { resolve } from "node:path";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { type JsonNode, parseJson } from "../encoding/json.ts";
import { recognizeFormat } from "../encoding/known-format.ts";
import { mistaken, mistakenFile } from "../encoding/mistaken-file.ts";
import { AssayError, givenByCaller } from "../core/error.ts";
import { readBounded } from "../files/read-bounded.ts";
import { type TrustedRoot, trustedRootFromNode } from "../trust/sigstore/trusted-root.ts";

/** A root with all of its history has some ten kilobytes. */
const LIMIT = 4 * 1024 * 1024;

const TRUST_CONFIG = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";
const ANY_TRUST_CONFIG = "application/vnd.dev.sigstore.clienttrustconfig";

/** What a file says whom to trust. */
export interface NamedTrust {
  readonly root: TrustedRoot;
  /** The trusted root as JSON of its own. */
  readonly trustedRoot: Uint8Array;
  /** The signing configuration as JSON of its own, undefined where the file has none. */
  readonly signingConfig?: Uint8Array | undefined;
}

/**
 * Reads a file that holds a trusted root alone (`trusted_root.json`), or together with a signing
 * configuration (a `ClientTrustConfig`). The media type in it decides, whichever option named it.
 * `path` may be relative to `cwd`.
 *
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, USAGE, TRUSTED_ROOT_INVALID, and what strict JSON throws.
 */
export function readNamedTrust(path: string, cwd = process.cwd()): NamedTrust {
  const place = cwd === process.cwd() ? path : resolve(cwd, path);
  return givenByCaller(() => parseTrust(readBounded(place, "trusted root", LIMIT, "TRUSTED_ROOT_INVALID"), `trusted root ${path}`));
}

/** The same for bytes at hand. `what` names them in messages. */
export function parseTrust(bytes: Uint8Array, what: string): NamedTrust {
  const kind = recognizeFormat(bytes);
  if (kind !== undefined && kind !== "trusted-root" && kind !== "json") {
    throw new AssayError("TRUSTED_ROOT_INVALID", `the ${what}: ${mistaken(kind, "trusted root")}`, mistakenFile(kind, "trusted root"));
  }
  const document = parseJson(bytes, { what, shapeCode: "TRUSTED_ROOT_INVALID", maxDepth: 32, maxValues: 1 << 17 });
  const mediaType = document.require("mediaType").string();
  if (!mediaType.startsWith(ANY_TRUST_CONFIG)) return { root: trustedRootFromNode(document), trustedRoot: bytes, signingConfig: undefined };
  if (mediaType !== TRUST_CONFIG) {
    document.fail(`it is a trust configuration of another version: ${JSON.stringify(mediaType.slice(0, 100))}`, "TRUSTED_ROOT_INVALID");
  }
  const root = document.require("trustedRoot");
  const signingConfig = document.optional("signingConfig");
  return {
    root: trustedRootFromNode(root),
    trustedRoot: bytesOf(root),
    signingConfig: signingConfig && bytesOf(signingConfig),
  };
}

/** A root and its signing configuration as one `ClientTrustConfig`; the root alone without a configuration. */
export function withSigningConfig({ trustedRoot, signingConfig }: Pick<NamedTrust, "trustedRoot" | "signingConfig">): Uint8Array {
  if (signingConfig === undefined) return trustedRoot;
  const document = {
    mediaType: TRUST_CONFIG,
    trustedRoot: plainJson(trustedRoot, "trusted root"),
    signingConfig: plainJson(signingConfig, "signing configuration"),
  };
  return encodeUtf8(`${JSON.stringify(document, undefined, 2)}\n`);
}

function plainJson(bytes: Uint8Array, what: string): unknown {
  return parseJson(bytes, { what, shapeCode: "TRUSTED_ROOT_INVALID" }).plain();
}

function bytesOf(node: JsonNode): Uint8Array {
  return encodeUtf8(`${JSON.stringify(node.plain(), undefined, 2)}\n`);
}
