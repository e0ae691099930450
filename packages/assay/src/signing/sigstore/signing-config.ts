import { type JsonNode, parseJson } from "../../encoding/json.ts";
import { AssayError } from "../../core/error.ts";
import { webUrl } from "../../network/url.ts";
import { readTimeRange } from "../../trust/sigstore/time-range.ts";
import type { ValidityPeriod } from "../../trust/sigstore/validity.ts";

/**
 * The services of a Sigstore instance that sign, past and future ones included.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto (SigningConfig)
 */
export interface SigningConfig {
  readonly certificateAuthorities: readonly ConfiguredService[];
  readonly identityProviders: readonly ConfiguredService[];
  readonly logs: readonly ConfiguredService[];
  readonly logSelector: ServiceSelector;
  readonly timestampAuthorities: readonly ConfiguredService[];
  readonly timestampSelector: ServiceSelector;
}

/** A server that a signing configuration lists. */
export interface ConfiguredService {
  readonly url: string;
  readonly majorApiVersion: number;
  /** Undefined where the configuration sets no bounds. */
  readonly validFor: ValidityPeriod | undefined;
  /** Who runs it: of the services of one operator, one is used. */
  readonly operator: string;
}

/** How many of the suitable services are used: one, all, or so many. */
export type ServiceSelector = { readonly kind: "ANY" } | { readonly kind: "ALL" } | { readonly kind: "EXACT"; readonly count: number };

const VERSION_0_1 = "application/vnd.dev.sigstore.signingconfig.v0.1+json";
const VERSION_0_2 = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

/** Public instances have a handful; a bound on what a hostile file costs. */
const MAX_SERVICES = 256;

/** Reads a `signing_config.json`. Throws SIGNING_CONFIG_INVALID, and what `parseJson` throws. */
export function readSigningConfig(bytes: Uint8Array): SigningConfig {
  const options = { what: "signing configuration", shapeCode: "SIGNING_CONFIG_INVALID", maxDepth: 32, maxValues: 100_000 } as const;
  return signingConfigFromNode(parseJson(bytes, options));
}

/**
 * The same for the `signingConfig` of a client trust configuration. Fields that are missing or of the
 * wrong type have that document's shape code.
 */
export function signingConfigFromNode(node: JsonNode): SigningConfig {
  const mediaType = node.require("mediaType").string();
  if (mediaType === VERSION_0_1) return readVersion01(node);
  if (mediaType !== VERSION_0_2) {
    node.fail(`its media type ${JSON.stringify(mediaType.slice(0, 100))} is not that of a signing configuration`, "SIGNING_CONFIG_INVALID");
  }
  const logs = readServices(node, "rekorTlogUrls");
  const timestampAuthorities = readServices(node, "tsaUrls");
  return {
    certificateAuthorities: readServices(node, "caUrls"),
    identityProviders: readServices(node, "oidcUrls"),
    logs,
    logSelector: readSelector(node, "rekorTlogConfig", logs),
    timestampAuthorities,
    timestampSelector: readSelector(node, "tsaConfig", timestampAuthorities),
  };
}

/** The first form: plain URLs, all of them of the first API version and without bounds. */
function readVersion01(node: JsonNode): SigningConfig {
  const all = (name: string): ConfiguredService[] => Array.from(node.optional(name)?.elements() ?? [], plainService);
  const one = (name: string): ConfiguredService[] =>
    Array.from(
      [node.optional(name)].filter((url) => url !== undefined),
      plainService,
    );
  return {
    certificateAuthorities: one("caUrl"),
    identityProviders: one("oidcUrl"),
    logs: all("tlogUrls"),
    logSelector: { kind: "ANY" },
    timestampAuthorities: all("tsaUrls"),
    timestampSelector: { kind: "ANY" },
  };
}

function plainService(node: JsonNode): ConfiguredService {
  return { url: readUrl(node), majorApiVersion: 1, validFor: undefined, operator: "" };
}

function readServices(node: JsonNode, name: string): ConfiguredService[] {
  const services: ConfiguredService[] = [];
  for (const service of node.optional(name)?.elements() ?? []) {
    if (services.length === MAX_SERVICES) node.fail(`"${name}" holds more than ${MAX_SERVICES} services`, "SIGNING_CONFIG_INVALID");
    const validFor = service.optional("validFor");
    services.push({
      url: readUrl(service.require("url")),
      majorApiVersion: readCount(service.require("majorApiVersion")),
      validFor: validFor && readTimeRange(validFor),
      operator: service.optional("operator")?.string() ?? "",
    });
  }
  return services;
}

/** Unchanged: an issuer's URL is compared with what tokens say, letter by letter. */
function readUrl(node: JsonNode): string {
  try {
    const text = node.string();
    webUrl(text);
    return text;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "USAGE") throw error;
    return node.fail(`"${node.path}": ${error.message}`, "SIGNING_CONFIG_INVALID");
  }
}

function readSelector(node: JsonNode, name: string, services: readonly ConfiguredService[]): ServiceSelector {
  // Without services there is nothing to select from, and writers leave both out.
  if (services.length === 0 && node.optional(name) === undefined) return { kind: "ANY" };
  const config = node.require(name);
  const kind = config.require("selector").string();
  if (kind === "ANY" || kind === "ALL") return { kind };
  if (kind !== "EXACT") config.fail(`"${config.path}.selector" is ${JSON.stringify(kind.slice(0, 40))}; expected ANY, ALL or EXACT`);
  const count = config.require("count");
  const wanted = readCount(count);
  return wanted > 0 ? { kind: "EXACT", count: wanted } : count.fail(`"${count.path}" is 0, expected at least 1`);
}

function readCount(node: JsonNode): number {
  const value = node.number();
  return Number.isSafeInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : node.fail(`"${node.path}" is not a whole number`);
}
