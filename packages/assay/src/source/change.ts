import { AssayError } from "../core/error.ts";
import { RETRY } from "./file-system-error.ts";

/** Something in a model that is not as the walk saw it. */
export interface Change {
  /** From the model's root, or a path outside of it with what it is ("the signature ..."). */
  readonly name: string;
  /** With the name before it, a sentence: "changed". */
  readonly what: string;
  /** Whether everything below the name is uncertain too. */
  readonly isFolder: boolean;
}

/** Names in one message. */
const MAX_NAMES = 10;

/** What changed, by name. */
export function modelChanged(changes: readonly Change[], code: "FILE_CHANGED" | "REMOTE_CHANGED" = "FILE_CHANGED"): AssayError {
  const [only] = changes;
  const listed = changes.slice(0, MAX_NAMES).map(({ name, what }) => `${name} ${what}`);
  const more = changes.length > MAX_NAMES ? ` (and ${changes.length - MAX_NAMES} more)` : "";
  const message =
    changes.length === 1 && only !== undefined
      ? `${only.name} ${only.what} while the model was read`
      : `the model changed while it was read: ${listed.join(", ")}${more}`;
  return new AssayError(code, message, { hint: RETRY });
}

/** Whether a name, or a folder above it, is among the changes. */
export function isAmong(changes: readonly Change[]): (name: string) => boolean {
  const names = new Set(changes.map(({ name }) => name));
  const folders = changes.filter(({ isFolder }) => isFolder).map(({ name }) => `${name}/`);
  return (name) => names.has(name) || folders.some((folder) => name.startsWith(folder));
}
