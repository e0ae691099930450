import { type Proven, proves } from "./proven.ts";
import { namedRegions } from "./timestamp-regions.ts";

/** A bundle with one thing altered, and where: `verificationMaterial.tlogEntries.0.logIndex`. */
export interface Alteration {
  readonly path: string;
  readonly what: string;
  readonly bundle: unknown;
}

/** A place where an alteration may go unnoticed, and why it proves nothing. */
export interface Unchecked {
  /** Matches an alteration's path, a blank, and what was altered. */
  readonly where: RegExp;
  readonly why: string;
}

export interface MutationReport {
  readonly tried: number;
  /** What was altered and still proved the same: each is named by an `Unchecked`. */
  readonly unnoticed: readonly string[];
  /** What should have been noticed and was not, or proved something else. Must be empty. */
  readonly wrong: readonly string[];
}

/** Members that hold base64, whose bytes are altered one by one. */
const BASE64 = new Set([
  "rawBytes",
  "keyId",
  "signedEntryTimestamp",
  "rootHash",
  "hashes",
  "canonicalizedBody",
  "signedTimestamp",
  "payload",
  "sig",
  "signature",
  "digest",
]);

/**
 * What no signature covers. All of it is hints, or evidence beyond what is needed: without it the bundle
 * proves the same by what is left, or nothing.
 */
export const UNCHECKED: readonly Unchecked[] = [
  {
    where: /\.kindVersion(?:\.kind|\.version)? (?:removed|emptied)$/,
    why: "the body says its kind itself; bundles 0.1 had no such member",
  },
  { where: /\.keyid /, why: "a hint that is not read" },
  { where: /\.signedTimestamp PKIStatus/, why: "granted, and granted with modifications, are both granted; the token is what counts" },
  { where: /\.signedTimestamp digestAlgorithms/, why: "CMS repeats there for streams what the signer's part says" },
  { where: /\.signedTimestamp certificates/, why: "the trusted root names the authority's certificate itself" },
  { where: /messageSignature\.messageDigest/, why: "the file's own digest is what was signed; a wrong SHA-256 is noticed all the same" },
];

/** Tries every alteration; `sample` bytes of each long field, or all. */
export async function tryAlterations(
  bundle: unknown,
  verify: (bytes: Uint8Array) => Promise<Proven>,
  { sample = Infinity, unchecked = UNCHECKED }: { readonly sample?: number; readonly unchecked?: readonly Unchecked[] } = {},
): Promise<MutationReport> {
  // Evidence may be spared and then another witness gives the time: who signed what must stay.
  const original = proves(await verify(jsonBytes(bundle)));
  const [unnoticed, wrong]: [string[], string[]] = [[], []];
  let tried = 0;
  for (const { path, what, bundle: altered } of alterations(bundle, sample)) {
    tried++;
    const outcome = await verify(jsonBytes(altered)).then(proves, (error: unknown) => codeOf(error));
    if (typeof outcome === "object") continue;
    const name = `${path} ${what}`;
    const isAllowed = outcome === original && unchecked.some(({ where }) => where.test(name));
    (isAllowed ? unnoticed : wrong).push(outcome === original ? name : `${name}: ${outcome}`);
  }
  return { tried, unnoticed, wrong };
}

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A refusal with a reason; anything else that is thrown is a fault of ours, told apart by being a text. */
function codeOf(error: unknown): { readonly code: string } | string {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  return name === "AssayError" && code !== undefined && code !== "INTERNAL" ? { code } : `threw ${stack ?? String(error)}`;
}

/** Every element removed, every number and text changed, every base64 field changed in its bytes, one at a time. */
export function* alterations(bundle: unknown, sample: number): Generator<Alteration> {
  for (const { path, value, replace } of places(bundle, [], (altered) => altered)) {
    const name = path.join(".");
    if (path.length > 0 && !isDefault(value)) yield { path: name, what: "removed", bundle: replace(undefined) };
    for (const [what, altered] of alteredValues(path, value, sample)) yield { path: name, what, bundle: replace(altered) };
  }
}

/** Absent and this mean the same in protobuf's JSON. */
function isDefault(value: unknown): boolean {
  return value === "" || value === "0" || value === 0 || (Array.isArray(value) && value.length === 0);
}

interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
  /** The whole document with another value here; undefined removes the member or element. */
  readonly replace: (value: unknown) => unknown;
}

function* places(value: unknown, path: readonly string[], replace: (value: unknown) => unknown): Generator<Place> {
  yield { path, value, replace };
  if (Array.isArray(value)) {
    for (const [at, element] of value.entries()) {
      const others = (altered: unknown): unknown => replace(altered === undefined ? value.toSpliced(at, 1) : value.with(at, altered));
      yield* places(element, [...path, String(at)], others);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      yield* places(member, [...path, name], (altered) => replace({ ...value, [name]: altered }));
    }
  }
}

function* alteredValues(path: readonly string[], value: unknown, sample: number): Generator<[what: string, value: unknown]> {
  if (typeof value === "number") yield ["plus one", value + 1];
  if (typeof value === "boolean") yield ["turned around", !value];
  if (Array.isArray(value) && value.length > 0) yield ["with its first element twice", [value[0], ...(value as unknown[])]];
  if (typeof value !== "string") return;
  if (value !== "") yield ["emptied", ""];
  const member = path.findLast((part) => !/^\d+$/.test(part)) ?? "";
  if (/^\d+$/.test(value)) {
    for (const [what, number] of [
      ["plus one", BigInt(value) + 1n],
      ["minus one", BigInt(value) - 1n],
    ] as const)
      yield [what, String(number)];
  } else if (BASE64.has(member)) {
    yield* alteredBytes(Buffer.from(value, "base64"), member, sample);
  } else {
    for (const at of sampled(value.length, sample))
      yield [`with another character ${at}`, `${value.slice(0, at)}${String.fromCharCode(value.charCodeAt(at) ^ 1)}${value.slice(at + 1)}`];
  }
}

function* alteredBytes(bytes: Buffer, member: string, sample: number): Generator<[what: string, value: string]> {
  const regions = member === "signedTimestamp" ? namedRegions(bytes) : [];
  for (const at of sampled(bytes.length, sample)) {
    const region = regions.find(({ start, end }) => at >= start && at < end)?.name ?? "byte";
    const altered = Buffer.from(bytes);
    // Each bit gets its turn.
    altered[at]! ^= 1 << (at % 8);
    yield [`${region} ${at}`, altered.toString("base64")];
  }
  yield ["one byte shorter", bytes.subarray(0, -1).toString("base64")];
  yield ["one byte longer", Buffer.concat([bytes, Buffer.of(0)]).toString("base64")];
}

/** All positions of a short field; of a long one the ends, where headers are, and even steps between. */
function sampled(length: number, sample: number): number[] {
  const all = Array.from({ length }, (_, at) => at);
  if (length <= sample) return all;
  const step = Math.ceil(length / sample);
  return all.filter((at) => at < Math.min(6, sample) || at >= length - 2 || at % step === 0);
}
