import type { Handle, PKCS11 } from "pkcs11js";
import { AssayError } from "../../core/error.ts";
import { ALREADY_LOGGED_IN, asTokenError, CK, describeTokenError, quietly, returnValue } from "./cryptoki.ts";
import { findPin, type PinSources } from "./pin.ts";
import { pinState, type Token } from "./token.ts";

/** An open session with a token whose owner has logged in. */
export interface Session {
  readonly module: PKCS11;
  readonly handle: Handle;
  readonly token: Token;
  /** What opened it, for keys that want it again at each signature; undefined where the token asked itself, or not at all. */
  readonly pin: string | undefined;
}

/**
 * Opens a session, logs in, lets `work` use it, and closes it whatever happens.
 *
 * The PIN is tried once. A token counts wrong ones and locks itself, so that a second try with the same PIN
 * could only do harm, and a second question would be one more try of a person's few.
 *
 * Throws PKCS11_PIN, what `findPin` and `work` throw, and the module's own errors.
 */
export async function inSession<T>(module: PKCS11, token: Token, sources: PinSources, work: (session: Session) => Promise<T>): Promise<T> {
  const handle = module.C_OpenSession(token.slot, CK.serialSession);
  try {
    const { pin, wasLoggedIn } = await logIn(module, handle, token, sources);
    try {
      return await work({ module, handle, token, pin });
    } finally {
      // Who was logged in before, by something else in this process, stays so.
      if (!wasLoggedIn) quietly(() => module.C_Logout(handle));
    }
  } finally {
    quietly(() => module.C_CloseSession(handle));
  }
}

interface LogIn {
  readonly pin: string | undefined;
  readonly wasLoggedIn: boolean;
}

async function logIn(module: PKCS11, handle: Handle, token: Token, sources: PinSources): Promise<LogIn> {
  if (!token.needsLogin) return { pin: undefined, wasLoggedIn: true };
  const state = pinState(module, token);
  if (state === "locked") {
    throw new AssayError("PKCS11_PIN", `the token ${token.name} is locked: too many wrong PINs`, {
      hint: "only its security officer can unlock it; no PIN was tried now",
    });
  }
  const lastTry = state === "final try" ? " (the last try before it locks)" : "";
  const pin = token.hasPinPad ? undefined : await findPin(sources, `PIN of the token ${token.name}${lastTry}: `);
  try {
    module.C_Login(handle, CK.user, pin);
    return { pin, wasLoggedIn: false };
  } catch (error) {
    if (returnValue(error) === ALREADY_LOGGED_IN) return { pin, wasLoggedIn: true };
    throw wrongPin(module, token, error);
  }
}

function wrongPin(module: PKCS11, token: Token, error: unknown): unknown {
  const translated = asTokenError(error);
  if (!(translated instanceof AssayError) || translated.code !== "PKCS11_PIN") return translated;
  let left = "tokens lock after a few wrong PINs";
  quietly(() => {
    const state = pinState(module, token);
    if (state === "locked") left = "it is locked now";
    if (state === "final try") left = "one more wrong PIN locks it";
  });
  return new AssayError("PKCS11_PIN", `the token ${token.name} refuses the PIN (${describeTokenError(error)})`, {
    hint: `it was tried once and not again: ${left}`,
  });
}
