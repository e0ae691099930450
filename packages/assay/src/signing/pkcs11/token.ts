import type { Handle, PKCS11, TokenInfo } from "pkcs11js";
import { AssayError } from "../../core/error.ts";
import { cleanText } from "../../network/server-text.ts";
import { returnValue } from "./cryptoki.ts";
import type { Pkcs11Uri } from "./uri.ts";

/** A token that is in its slot. */
export interface Token {
  readonly slot: Handle;
  /** Its label in quotes, fit for a message. */
  readonly name: string;
  readonly needsLogin: boolean;
  /** It asks for the PIN itself, on keys of its own. */
  readonly hasPinPad: boolean;
}

const FLAG = { loginRequired: 0x4, pinPad: 0x100, initialized: 0x400, finalTry: 0x2_0000, locked: 0x4_0000 } as const;

/**
 * The one token that is as the URI says. Slots without a token, and tokens that were never set up, are passed over.
 *
 * Throws PKCS11_TOKEN where none or more than one is, and lists the labels of what is there; PKCS11_MODULE where
 * the module itself is another than the URI says.
 */
export function selectToken(module: PKCS11, uri: Pkcs11Uri): Token {
  checkLibrary(module, uri);
  const present = module.C_GetSlotList(true).flatMap((slot) => readToken(module, slot));
  const found = present.filter(({ slot, info }) => isAsked(module, slot, info, uri));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const listed = (found.length > 1 ? found : present).map(({ info }) => nameOf(info)).join(", ");
    const message = found.length > 1 ? `${found.length} tokens are as the URI says: ${listed}` : "no token is as the URI says";
    const hint =
      found.length > 1
        ? "say which with token=LABEL, serial=NUMBER or slot-id=NUMBER in the URI"
        : present.length === 0
          ? "no token: is it plugged in, and is this the right module?"
          : `there is ${listed}`;
    throw new AssayError("PKCS11_TOKEN", message, { hint });
  }
  const { flags } = only.info;
  return {
    slot: only.slot,
    name: nameOf(only.info),
    needsLogin: (flags & FLAG.loginRequired) !== 0,
    hasPinPad: (flags & FLAG.pinPad) !== 0,
  };
}

/** How far the token is from locking itself. */
export function pinState(module: PKCS11, token: Token): "locked" | "final try" | "open" {
  const { flags } = module.C_GetTokenInfo(token.slot);
  if ((flags & FLAG.locked) !== 0) return "locked";
  return (flags & FLAG.finalTry) !== 0 ? "final try" : "open";
}

interface PresentToken {
  readonly slot: Handle;
  readonly info: TokenInfo;
}

function readToken(module: PKCS11, slot: Handle): PresentToken[] {
  try {
    const info = module.C_GetTokenInfo(slot);
    return (info.flags & FLAG.initialized) === 0 ? [] : [{ slot, info }];
  } catch (error) {
    // CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED: a reader that holds nothing of use here.
    if ([0xe0, 0xe1].includes(returnValue(error) ?? 0)) return [];
    throw error;
  }
}

function isAsked(module: PKCS11, slot: Handle, info: TokenInfo, uri: Pkcs11Uri): boolean {
  if (uri.slotId !== undefined && uri.slotId !== readNumber(slot)) return false;
  const isToken =
    matches(uri.token, info.label) &&
    matches(uri.manufacturer, info.manufacturerID) &&
    matches(uri.serial, info.serialNumber) &&
    matches(uri.model, info.model);
  if (!isToken || (uri.slotDescription === undefined && uri.slotManufacturer === undefined)) return isToken;
  const { slotDescription, manufacturerID } = module.C_GetSlotInfo(slot);
  return matches(uri.slotDescription, slotDescription) && matches(uri.slotManufacturer, manufacturerID);
}

function checkLibrary(module: PKCS11, uri: Pkcs11Uri): void {
  const { libraryManufacturer, libraryDescription, libraryVersion } = uri;
  if (libraryManufacturer === undefined && libraryDescription === undefined && libraryVersion === undefined) return;
  const info = module.C_GetInfo();
  const { major, minor } = info.libraryVersion;
  const [wantedMajor, wantedMinor = "0"] = libraryVersion?.split(".") ?? [];
  const isVersion = wantedMajor === undefined || (Number(wantedMajor) === major && Number(wantedMinor) === minor);
  if (matches(libraryManufacturer, info.manufacturerID) && matches(libraryDescription, info.libraryDescription) && isVersion) return;
  const found = `${cleanText(padless(info.libraryDescription))} ${major}.${minor} by ${cleanText(padless(info.manufacturerID))}`;
  throw new AssayError("PKCS11_MODULE", `the PKCS#11 module is not the one that the URI's library attributes name: it is ${found}`);
}

function matches(wanted: string | undefined, found: string): boolean {
  return wanted === undefined || padless(wanted) === padless(found);
}

/** PKCS#11 pads with blanks to a fixed length; some modules with NULs. */
function padless(text: string): string {
  return text.replace(/[\0 ]+$/u, "");
}

function nameOf(info: TokenInfo): string {
  return `"${cleanText(padless(info.label))}"`;
}

/** A CK_ULONG: 4 or 8 bytes in the machine's order, which is little-endian wherever this runs. */
export function readNumber(bytes: Buffer): number {
  return bytes.length === 0 ? 0 : bytes.readUIntLE(0, Math.min(6, bytes.length));
}
