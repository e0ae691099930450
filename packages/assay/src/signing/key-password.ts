import { AssayError } from "../core/error.ts";

/** KEY_PASSWORD for an encrypted key file without a password. */
export function passwordMissing(): AssayError {
  return new AssayError("KEY_PASSWORD", "it is encrypted, and no password was given", { remedy: "give-password" });
}

/**
 * KEY_PASSWORD for a password that does not open the file. The cause is dropped on purpose: a library's own text says nothing that
 * helps, and none of ours may leak.
 */
export function passwordWrong(): AssayError {
  return new AssayError("KEY_PASSWORD", "it does not open: the password is wrong, or the file is damaged");
}
