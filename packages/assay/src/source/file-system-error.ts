import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { systemReason } from "../core/system-reason.ts";

const HINTS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "run this as a user who may read the model"],
  ["ENAMETOOLONG", "move the model nearer to the root of the file system, or run this from a mount that shortens its path"],
  ["EMFILE", "raise the limit (ulimit -n)"],
]);

/**
 * What a failed system call on something inside the model means: FILE_CHANGED where it was there a
 * moment ago and is not any more, or became something else; FILE_UNREADABLE otherwise.
 *
 * `what` is the thing with its name ("the file weights.bin").
 */
export function fileSystemError(thrown: unknown, what: string): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const code = systemCode(thrown);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new AssayError("FILE_CHANGED", `${what} was removed while the model was read`, { hint: RETRY, cause: thrown });
    case "ELOOP":
      return new AssayError("FILE_CHANGED", `${what} became a link while the model was read`, { hint: RETRY, cause: thrown });
    case "ENXIO":
      return new AssayError("FILE_CHANGED", `${what} became a pipe, socket or device while the model was read`, {
        hint: RETRY,
        cause: thrown,
      });
    default: {
      const hint = code === undefined ? undefined : HINTS.get(code);
      return new AssayError("FILE_UNREADABLE", `${what} cannot be read: ${systemReason(thrown)}`, {
        cause: thrown,
        hint,
      });
    }
  }
}

export const RETRY = "try again when nothing writes to the model";
