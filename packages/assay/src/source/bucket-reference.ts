import { AssayError } from "../core/error.ts";
import { withoutAccount } from "./without-account.ts";

/** Objects in a bucket under one prefix. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

const ADDRESS = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:\/(.*))?$/su;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const FORM = "write s3://BUCKET/PREFIX/";

/** Reads `s3://BUCKET/PREFIX/`, whose last slash may be missing. Throws USAGE. */
export function readBucketPlace(text: string): BucketPlace {
  const [, bucket, path = ""] = ADDRESS.exec(text) ?? [];
  const typed = withoutAccount(text);
  const shown = JSON.stringify(typed.slice(0, 200));
  if (bucket === undefined) {
    const [, place] = /^s3:\/?([^/].*)$/s.exec(typed) ?? [];
    throw new AssayError("USAGE", `${shown} is not the address of a bucket`, {
      hint: place === undefined ? FORM : `${FORM}: s3://${place.slice(0, 200)}`,
    });
  }
  if (/[?&]versionId=/.test(path)) {
    throw new AssayError("USAGE", `${shown} names the version of an object, which is unsupported`, { hint: FORM });
  }
  if (CONTROL.test(path) || !path.isWellFormed() || path.length > 1024 || path.split("/").some((part) => part === "." || part === "..")) {
    throw new AssayError("USAGE", `the prefix in ${shown} cannot be one`, { hint: FORM });
  }
  return { bucket, prefix: path === "" || path.endsWith("/") ? path : `${path}/` };
}
