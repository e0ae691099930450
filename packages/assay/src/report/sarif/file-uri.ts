/** The folder of a model as a `file:` URI (RFC 8089) that ends with a slash. `path` is absolute. */
export function directoryUri(path: string, kind: "directory" | "file"): string {
  const slashed = path.replaceAll("\\", "/");
  const folder = kind === "directory" ? slashed : slashed.slice(0, slashed.lastIndexOf("/"));
  const encoded = relativeUri(folder).replace(/\/*$/, "/");
  return encoded.startsWith("/") ? `file://${encoded}` : `file:///${encoded}`;
}

/** A name from the model's root as a relative reference (RFC 3986). */
export function relativeUri(name: string): string {
  return name.split("/").map(encodeSegment).join("/");
}

function encodeSegment(segment: string): string {
  // A lone surrogate has no encoding.
  return encodeURIComponent(segment.toWellFormed());
}
