// Markdown for the generated pages, as the formatter leaves it.

const GENERATED = "<!-- Generated from the source by `npm run docs`; edit packages/assay/src instead. -->";

export function page(title: string, blocks: readonly string[]): string {
  return `${[GENERATED, `# ${title}`, ...blocks].join("\n\n")}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...others.map(line)].join("\n");
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function code(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}
