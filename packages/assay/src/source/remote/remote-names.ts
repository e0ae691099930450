import { AssayError } from "../../core/error.ts";

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const DRIVE = /^[A-Za-z]:/;

/**
 * Checks the names of files that a server lists, before anything is read by them: relative, without `.`, `..`, backslashes and
 * control characters, each once, no two that a file system takes for one (case, Unicode normalization), and none that is a file and
 * a folder.
 *
 * Throws REMOTE_NAME: of two names that collide it names both.
 */
export function checkRemoteNames(names: readonly string[], host: string): void {
  const folded = new Map<string, string>();
  for (const name of names) {
    const why = faultOf(name);
    if (why !== undefined) throw new AssayError("REMOTE_NAME", `${host} lists a file with the name ${JSON.stringify(name)}, which ${why}`);
    const key = folding(name);
    const other = folded.get(key);
    if (other !== undefined) {
      const what = other === name ? "twice" : "two files whose names a file system may take for one";
      throw new AssayError(
        "REMOTE_NAME",
        `${host} lists ${what}: ${JSON.stringify(other)}${other === name ? "" : ` and ${JSON.stringify(name)}`}`,
      );
    }
    folded.set(key, name);
  }
  for (const [key, name] of folded) {
    for (let end = key.indexOf("/"); end >= 0; end = key.indexOf("/", end + 1)) {
      const file = folded.get(key.slice(0, end));
      if (file === undefined) continue;
      throw new AssayError(
        "REMOTE_NAME",
        `${host} lists ${JSON.stringify(file)}, and ${JSON.stringify(name)} under it as if it were a folder`,
      );
    }
  }
}

/** Full case folding, by which APFS takes `ß` and `SS` for one. */
function folding(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

function faultOf(name: string): string | undefined {
  if (name === "" || name.length > 4096) return "is empty or too long";
  if (!name.isWellFormed()) return "is not Unicode";
  if (name.includes("\\")) return "has a backslash";
  if (CONTROL.test(name)) return "has a control character";
  if (name.startsWith("/") || DRIVE.test(name)) return "is absolute";
  return name.split("/").some((part) => part === "" || part === "." || part === "..") ? "is not a plain relative path" : undefined;
}
