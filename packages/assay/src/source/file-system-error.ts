import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "the system does not permit it"],
  ["EIO", "the disk reports an input/output error"],
  ["ENAMETOOLONG", "its path is longer than the system can open"],
  ["EMFILE", "this process has too many files open"],
  ["ENFILE", "the system has too many files open"],
  ["ESTALE", "the network file system no longer knows it"],
  ["EBUSY", "it is in use"],
]);

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
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      const reason = code === undefined ? text : `${REASONS.get(code) ?? text} (${code})`;
      const hint = code === undefined ? undefined : HINTS.get(code);
      return new AssayError("FILE_UNREADABLE", `${what} cannot be read: ${reason}`, {
        cause: thrown,
        hint,
      });
    }
  }
}

export const RETRY = "try again when nothing writes to the model";
