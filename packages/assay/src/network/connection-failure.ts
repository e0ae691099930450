import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";

/** What Node's codes mean to a person. */
const CONNECTION: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing answers there"],
  ["ECONNRESET", "the connection broke off"],
  ["EPIPE", "the connection broke off"],
  ["ENOTFOUND", "unknown host"],
  ["EAI_AGAIN", "the name of the host could not be looked up"],
  ["ETIMEDOUT", "the connection timed out"],
  ["EHOSTUNREACH", "the host is unreachable"],
  ["ENETUNREACH", "the network is unreachable"],
]);

const CERTIFICATE: ReadonlyMap<string, string> = new Map([
  ["CERT_HAS_EXPIRED", "has expired"],
  ["CERT_NOT_YET_VALID", "is not valid yet"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "is self-signed and not trusted"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "leads to an untrusted authority"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "does not lead to a trusted authority"],
  ["UNABLE_TO_GET_ISSUER_CERT", "does not lead to a trusted authority"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "does not lead to a trusted authority"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "is for other hosts"],
  ["CERT_REVOKED", "was revoked"],
  ["CERT_SIGNATURE_FAILURE", "was not signed by its issuer"],
  ["INVALID_PURPOSE", "is not for a server"],
  ["INVALID_CA", "was issued by a certificate that is not an authority's"],
]);

const UNTRUSTED: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

/** After these another try may succeed at once; a host that does not exist or is not trusted stays so. */
const TRANSIENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
]);

/**
 * The error for a request that got no whole answer. Node's own error is not passed on: it may hold the
 * raw bytes of an answer, or a proxy's words. Its code is, as `cause.code`.
 */
export function connectionFailure(error: unknown, server: string): AssayError {
  const code = failureCode(error) ?? "ECONNRESET";
  if (code.startsWith("HPE_")) return new AssayError("SERVER_ANSWER", `the answer of ${server} is not HTTP (${code})`);
  const { message, hint } = describe(code, error, server);
  const cause = Object.assign(new Error(`${code} while ${server} was asked`), { code });
  return new AssayError("SERVER_UNREACHABLE", message, { cause, hint });
}

function describe(code: string, error: unknown, server: string): { readonly message: string; readonly hint?: string } {
  const certificate = CERTIFICATE.get(code);
  if (certificate !== undefined) {
    const message = `${server} cannot be trusted: its TLS certificate ${certificate} (${code})`;
    if (!UNTRUSTED.has(code)) return { message };
    return { message, hint: "if an authority of your own issued it, name the authority's certificate file in NODE_EXTRA_CA_CERTS" };
  }
  if (code === "ERR_PROXY_TUNNEL") {
    const status =
      error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? ` (status ${error.statusCode})` : "";
    const message = `${server} could not be reached: the proxy that the environment names refuses the connection${status}`;
    return { message, hint: "check HTTPS_PROXY and NO_PROXY in the environment" };
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) {
    return { message: `no TLS connection to ${server}: what answers there does not speak TLS as this program does (${code})` };
  }
  return { message: `${server} could not be reached: ${CONNECTION.get(code) ?? "the connection failed"} (${code})` };
}

/** The code of an error of Node's, where it has one that is safe to show. */
export function failureCode(error: unknown): string | undefined {
  const code = systemCode(error);
  return code !== undefined && /^[A-Z0-9_]{1,60}$/u.test(code) ? code : undefined;
}

/** Whether a request failed in a way that the next try may not: a connection refused, broken off or not made in time. */
export function isBrokenConnection(error: unknown): boolean {
  return error instanceof AssayError && error.code === "SERVER_UNREACHABLE" && TRANSIENT.has(failureCode(error.cause) ?? "");
}
