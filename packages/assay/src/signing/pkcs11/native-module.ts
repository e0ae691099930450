import type { PKCS11 } from "pkcs11js";
import { AssayError } from "../../core/error.ts";

/**
 * The native code that speaks to tokens. Throws PKCS11_MODULE where it is not installed. The single executable has another
 * module in the place of this one (`executable/native-module.ts`).
 */
export async function nativeModule(): Promise<PKCS11> {
  try {
    const native = await import("pkcs11js");
    return new native.PKCS11();
  } catch (cause) {
    throw new AssayError("PKCS11_MODULE", "keys on tokens need the package pkcs11js, and it is not there or was not built", {
      hint:
        "npm install pkcs11js; it is compiled on the spot, with a C++ compiler and Python, and only where npm lets it run its " +
        "install script: npm install-scripts approve pkcs11js, then npm rebuild pkcs11js",
      cause,
    });
  }
}
