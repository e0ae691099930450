import { systemCode } from "./system-code.ts";

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

/** Why a system call failed, for a person: `permission denied (EACCES)`. The system's own text where the code has none here. */
export function systemReason(thrown: unknown): string {
  const code = systemCode(thrown);
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const reason = code === undefined ? undefined : REASONS.get(code);
  if (reason !== undefined) return `${reason} (${code})`;
  return code === undefined || text.startsWith(`${code}:`) ? text : `${text} (${code})`;
}
