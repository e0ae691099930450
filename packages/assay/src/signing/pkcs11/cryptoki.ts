import type { PKCS11 } from "pkcs11js";
import { AssayError } from "../../core/error.ts";
import { nativeModule } from "./native-module.ts";

/** The numbers of PKCS#11 2.40 that are used here: pkcs11t.h. */
export const CK = {
  initializeWithLocking: 0x2,
  serialSession: 0x4,
  userContextSpecific: 2,
  user: 1,
  classCertificate: 1,
  classPublicKey: 2,
  classPrivateKey: 3,
  keyRsa: 0,
  keyEc: 3,
  keyEdwards: 0x40,
  attributeClass: 0x0,
  attributeLabel: 0x3,
  attributeValue: 0x11,
  attributeKeyType: 0x100,
  attributeId: 0x102,
  attributeSign: 0x108,
  attributeModulus: 0x120,
  attributePublicExponent: 0x122,
  attributeEcParameters: 0x180,
  attributeEcPoint: 0x181,
  attributeAlwaysAuthenticate: 0x202,
  mechanismRsaPkcs: 0x1,
  mechanismEcdsa: 0x1041,
} as const;

const ALREADY_INITIALIZED = 0x191;
export const ALREADY_LOGGED_IN = 0x100;
/** CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID: the object does not have it, or does not tell. */
export const NOT_TOLD: ReadonlySet<number> = new Set([0x11, 0x12]);
/** CKR_PIN_INCORRECT, _INVALID, _LEN_RANGE, _EXPIRED, _LOCKED; CKR_USER_NOT_LOGGED_IN, CKR_USER_PIN_NOT_INITIALIZED. */
const ABOUT_PIN: ReadonlySet<number> = new Set([0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x101, 0x102]);
/** CKR_KEY_TYPE_INCONSISTENT, _FUNCTION_NOT_PERMITTED, CKR_MECHANISM_INVALID, _PARAM_INVALID, CKR_CURVE_NOT_SUPPORTED. */
const ABOUT_KEY: ReadonlySet<number> = new Set([0x63, 0x68, 0x70, 0x71, 0x140]);

/** Loaded once and never let go: modules of vendors are known to crash when they are unloaded. */
const loaded = new Map<string, PKCS11>();
let turn: Promise<unknown> = Promise.resolve();

/**
 * Starts a PKCS#11 module, lets `work` use it, and ends it whatever happens. One user at a time, for a module has
 * one state in a whole process. Where something else in the process has started it, it is not ended here.
 *
 * Throws PKCS11_MODULE where the module does not load or start, what `work` throws, and for an error of the
 * module's own PKCS11_PIN, PKCS11_KEY or PKCS11_DEVICE.
 */
export function inModule<T>(path: string, work: (module: PKCS11) => Promise<T>): Promise<T> {
  const result = turn.then(() => use(path, work));
  turn = result.catch(() => undefined);
  return result;
}

async function use<T>(path: string, work: (module: PKCS11) => Promise<T>): Promise<T> {
  const module = await load(path);
  const isOurs = start(module, path);
  try {
    return await work(module);
  } catch (error) {
    throw asTokenError(error);
  } finally {
    if (isOurs) quietly(() => module.C_Finalize());
  }
}

async function load(path: string): Promise<PKCS11> {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const module = await nativeModule();
  try {
    module.load(path);
  } catch (error) {
    throw new AssayError("PKCS11_MODULE", `the PKCS#11 module ${path} does not load: ${describeTokenError(error)}`);
  }
  loaded.set(path, module);
  return module;
}

/** Whether it was started here. */
function start(module: PKCS11, path: string): boolean {
  try {
    module.C_Initialize({ flags: CK.initializeWithLocking });
    return true;
  } catch (error) {
    if (returnValue(error) === ALREADY_INITIALIZED) return false;
    throw new AssayError("PKCS11_MODULE", `the PKCS#11 module ${path} does not start: ${describeTokenError(error)}`);
  }
}

/** The CKR_ number of an error of pkcs11js; not every method of that package puts it in `code`. */
export function returnValue(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "number") return error.code;
  const [, number] = /CKR_\w+:(\d+)/.exec(error.message) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Ours unchanged; another by what its number is about. What pkcs11js says beyond its name is not passed on. */
export function asTokenError(error: unknown): unknown {
  if (error instanceof AssayError) return error;
  const value = returnValue(error);
  if (value === undefined || value === 0) return error;
  if (ABOUT_PIN.has(value)) return new AssayError("PKCS11_PIN", `the token refuses the PIN: ${describeTokenError(error)}`);
  if (ABOUT_KEY.has(value)) return new AssayError("PKCS11_KEY", `the token cannot sign with this key: ${describeTokenError(error)}`);
  return new AssayError("PKCS11_DEVICE", `the token failed: ${describeTokenError(error)}`, {
    hint: "check that it is in place, and try again; nothing was written",
  });
}

/** `CKR_DEVICE_REMOVED in C_Sign`, or the first line of what a loader says. */
export function describeTokenError(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const name = /CKR_\w+/.exec(error.message)?.[0];
  if (name === undefined) return (error.message.split("\n")[0] ?? "").slice(0, 200);
  const method = "method" in error && typeof error.method === "string" && error.method !== "" ? ` in ${error.method}` : "";
  return `${name}${method}`;
}

/** For what is tidied up after the result or the error is known. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // A token that was removed cannot be closed either, and has said so by a better error already.
  }
}
