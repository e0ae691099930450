import { AssayError } from "../core/error.ts";

/** In the place of `signing/pkcs11/native-module.ts`: native code for tokens is compiled on the machine, for its Node. */
export function nativeModule(): Promise<never> {
  return Promise.reject(
    new AssayError("PKCS11_MODULE", "keys on tokens need the npm package of assay: this single executable has no native code for them", {
      hint: "with Node 22 or newer: npm install --global assay pkcs11js",
    }),
  );
}
