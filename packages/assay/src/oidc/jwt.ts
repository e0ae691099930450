import { decodeBase64 } from "../encoding/base64.ts";
import { type JsonNode, parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";

/** Real identity tokens stay under 4 KiB; HTTP servers take no header of this size. */
const MAX_CHARACTERS = 64 * 1024;
const MAX_DEPTH = 32;
const MAX_VALUES = 4096;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** A token's signature is for its server to check: these are claims, and nothing more. */
export interface UnverifiedJwt {
  readonly header: JsonNode;
  readonly claims: JsonNode;
}

/**
 * Takes a JSON Web Token in compact form apart (RFC 7519; RFC 7515, section 3.1), without looking at
 * its signature. Strict, so that the token cannot be read in another way than its server does.
 *
 * No message says what was found, only where: a damaged token may still hold a good token's parts.
 *
 * @throws TOKEN_INVALID
 */
export function decodeJwt(raw: string): UnverifiedJwt {
  if (raw === "") refuse("it is empty");
  if (raw.length > MAX_CHARACTERS) refuse(`it has ${raw.length} characters, more than ${MAX_CHARACTERS}`);
  if (raw.trim() !== raw) refuse("blanks or line breaks around it");
  const [header, payload, signature, ...more] = raw.split(".");
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    refuse(`a JSON Web Token has three parts between dots, and this has ${raw.split(".").length}`);
  }
  decodePart(signature, "signature");
  const protectedHeader = parsePart(decodePart(header, "header"), "header");
  const algorithm = protectedHeader.object().require("alg").string();
  // RFC 7518, section 3.6: "none" is a token without a signature.
  if (algorithm === "" || algorithm.toLowerCase() === "none") refuse("it is not signed");
  return { header: protectedHeader, claims: parsePart(decodePart(payload, "payload"), "payload").object() };
}

function decodePart(text: string, part: string): Uint8Array {
  if (!BASE64URL.test(text)) refuse(`its ${part} is ${text === "" ? "empty" : "not base64url"}`);
  return decodeBase64(text, "TOKEN_INVALID", `the identity token's ${part}`);
}

function parsePart(bytes: Uint8Array, part: string): JsonNode {
  const what = part === "payload" ? "identity token" : `identity token's ${part}`;
  try {
    return parseJson(bytes, { what, shapeCode: "TOKEN_INVALID", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const why = error.code === "JSON_DUPLICATE_KEY" ? "is ambiguous: it names the same claim twice" : "is not JSON";
    refuse(`its ${part} ${why}`);
  }
}

function refuse(why: string): never {
  throw new AssayError("TOKEN_INVALID", `the identity token is refused: ${why}`, {
    hint: "Give the whole token as the identity provider issued it: three parts with dots between them.",
  });
}
