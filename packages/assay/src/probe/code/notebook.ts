/** The code of a Jupyter notebook (nbformat 4): its cells of code, one under another; undefined where it is not one. */
export function codeOfNotebook(text: string): string | undefined {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return undefined;
  }
  const cells = fieldOf(notebook, "cells");
  if (!Array.isArray(cells)) return undefined;
  return cells
    .filter((cell) => fieldOf(cell, "cell_type") === "code")
    .map((cell) => sourceOf(fieldOf(cell, "source")))
    .join("\n");
}

function sourceOf(source: unknown): string {
  if (typeof source === "string") return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : "";
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
