import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";

/** Whose rules for file names hold: Windows has more of them. */
export type Platform = "posix" | "windows";

/** Empty, absolute, ending in a slash, NUL anywhere, or a component that is empty, `.` or `..`. */
const NOT_CANONICAL = /^$|^\/|\/$|\/\/|\0|(?:^|\/)\.\.?(?:\/|$)/;
const DRIVE = /^[A-Za-z]:/;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;

/** Names are at most some thousand bytes long on disk; in a message the start of one is enough. */
export function shown(name: string): string {
  return `"${name.length > 200 ? `${name.slice(0, 200)}…` : name}"`;
}

/**
 * Checks a file name as a statement lists it: relative, `/` between components, and canonical already.
 * OMS section 6.1.2 has signers canonicalize; a name that is not is refused and never repaired, for a
 * reader that cleans names verifies another file than the one that was meant.
 *
 * @throws NAME_NOT_CANONICAL, and under Windows' rules NAME_FORBIDDEN
 */
export function checkName(name: string, platform: Platform = "posix"): void {
  if (NOT_CANONICAL.test(name)) throw new AssayError("NAME_NOT_CANONICAL", `the name ${shown(name)} is refused: ${whyNotCanonical(name)}`);
  if (platform === "windows") checkWindowsName(name);
}

function whyNotCanonical(name: string): string {
  if (name === "") return "it is empty";
  if (name.includes("\0")) return "it holds a NUL byte";
  if (name.startsWith("/")) return "it is absolute";
  if (name.endsWith("/")) return "it ends with a slash";
  if (name.includes("//")) return "a component of it is empty";
  return `it has the component "${name.split("/").includes("..") ? ".." : "."}"`;
}

function checkWindowsName(name: string): void {
  for (const component of name.split("/")) {
    // Windows takes a device name with any extension, and drops dots and blanks at the end.
    const stem = component.split(".", 1)[0]?.trimEnd() ?? "";
    const why = component.includes("\\")
      ? "a backslash separates folders there"
      : component.includes(":")
        ? "a colon names a drive or a stream there"
        : /[. ]$/.test(component)
          ? "a dot or blank at the end is dropped there"
          : DEVICE.test(stem)
            ? `${stem.toUpperCase()} is a device there`
            : undefined;
    if (why !== undefined) throw new AssayError("NAME_FORBIDDEN", `the name ${shown(name)} is refused on Windows: ${why}`);
  }
}

/**
 * What a person should know of names that are each allowed: those that Windows would read as a path of
 * another kind (NAME_UNUSUAL), and those that fall together on a file system which ignores case or
 * normalizes Unicode, as macOS and Windows do (NAMES_FOLD_TOGETHER). One warning for each.
 */
export function nameWarnings(names: ReadonlyMap<string, unknown>): Warning[] {
  const unusual: string[] = [];
  const pairs: string[] = [];
  /** By what they fold to, those names that are not their own folding. */
  const folded = new Map<string, string>();
  for (const name of names.keys()) {
    if (name.includes("\\") || DRIVE.test(name)) unusual.push(name);
    if (!MAY_FOLD.test(name) || NOT_STREAM_SAFE.test(name)) continue;
    const key = fold(name);
    if (key === name) continue;
    const other = names.has(key) ? key : folded.get(key);
    if (other !== undefined) pairs.push(`${shown(other)} and ${shown(name)}`);
    folded.set(key, name);
  }
  const warnings: Warning[] = [];
  if (unusual.length > 0) {
    const message = `${count(unusual.length, "name holds", "names hold")} a backslash or a drive letter, which Windows reads as a path: ${shown(unusual[0] ?? "")}`;
    warnings.push({ code: "NAME_UNUSUAL", message: message + more(unusual.length) });
  }
  if (pairs.length > 0) {
    const message = `names that are one where case or Unicode form is ignored: ${pairs[0]}`;
    warnings.push({ code: "NAMES_FOLD_TOGETHER", message: message + more(pairs.length) });
  }
  return warnings;
}

const MAY_FOLD = /[A-Z\u0080-\uffff]/;

/**
 * More combining marks in a row than any language has (Unicode annex 15, section 13). Normalizing takes
 * time with the square of their number, minutes for a name made for that.
 */
const NOT_STREAM_SAFE = /\p{M}{31}/u;

/** Unicode normalization and, as near as the language has it, full case folding: ß and SS are one. */
function fold(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function more(number: number): string {
  return number > 1 ? ` and ${number - 1} more` : "";
}
