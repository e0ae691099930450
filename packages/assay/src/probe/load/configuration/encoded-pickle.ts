import { beginsWithProtocol } from "../../../formats/pickle/recognize.ts";

/** The first bytes of a pickle of protocol 2 to 5 in base 64, and the alphabet, of URLs too. */
const BASE64 = /^gA[I-Z][\w+/\s-]*={0,2}$/;
const MIN_LENGTH = 12;

/** Whether a text is a pickle in base 64, as Stable-Baselines3 keeps Python objects in JSON. */
export function isEncodedPickle(text: string): boolean {
  if (text.length < MIN_LENGTH || !text.startsWith("gA") || !BASE64.test(text.trimEnd())) return false;
  return beginsWithProtocol(Uint8Array.from(atob(text.slice(0, 8).replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)));
}
