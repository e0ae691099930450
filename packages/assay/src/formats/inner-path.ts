/**
 * The name, from the model's root, of the file that a file `base` of the model calls `path`; undefined for a path that
 * leaves the folder of `base`, is absolute or an address on any system, or is not one plain relative path.
 */
export function innerPath(base: string, path: string): string | undefined {
  if (path === "" || path.length > 4096 || /[\\:*?"<>|%]/.test(path) || path.startsWith("/")) return undefined;
  // Control characters are in no file name that is meant to be read.
  for (let at = 0; at < path.length; at++) if (path.charCodeAt(at) < 0x20) return undefined;
  const parts = path.split("/").filter((part) => part !== ".");
  if (parts.length === 0 || parts.some((part) => part === "" || part === "..")) return undefined;
  return [...base.split("/").slice(0, -1), ...parts].join("/");
}
