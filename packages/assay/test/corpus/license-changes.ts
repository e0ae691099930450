/** What a text may be laid out as and be the same license. */
export const LAYOUTS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in lines of 40": (text) => wrapped(text, 40),
  "in lines of 100": (text) => wrapped(text, 100),
  "a word a line": (text) => text.replaceAll(/\s+/g, "\n"),
  "in one line": (text) => text.replaceAll(/\s+/g, " "),
  "with line ends of Windows": (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  "in capitals": (text) => text.replaceAll(/[a-z]+/g, (word) => word.toUpperCase()),
  "with hyphens for dashes": (text) => text.replaceAll(/[‐‑‒–—―]/g, "-"),
  "with two hyphens for dashes": (text) => outsideLinks(text, (part) => part.replaceAll(/[‐‑‒–—―-]/g, "--")),
  "with en dashes": (text) => outsideLinks(text, (part) => part.replaceAll(/[‐‑‒–—―]|-+/g, "–")),
  "with em dashes between blanks": (text) => outsideLinks(text, (part) => part.replaceAll(/(?<=\p{L}{2})[‐‑‒–—―-]+(?=\p{L}{2})/gu, " — ")),
  "with typographic quotes": (text) => text.replaceAll(/"/g, "“").replaceAll(/'/g, "’"),
  "with straight quotes": (text) => text.replaceAll(/[“”„«»]/g, '"').replaceAll(/[‘’‚]/g, "'"),
  "with numbers in parentheses": (text) => text.replaceAll(/^(\s*)(\d{1,2})\.(?=\s)/gm, "$1($2)"),
  "with numbers that are bold": (text) => text.replaceAll(/^(\s*)(\d{1,2}\.|\([a-z]\))(?=\s)/gm, "$1**$2**"),
  "as a quotation": (text) => text.replaceAll(/^/gm, "> "),
  "as a comment": (text) => `/*\n${text.replaceAll(/^/gm, " * ")}\n */`,
  "under headings of Markdown": (text) => text.replaceAll(/\n\n(?=\S)/g, "\n\n## "),
  "as a list of Markdown": (text) => text.replaceAll(/\n\n(?=\S)/g, "\n\n- "),
  "with words in bold": (text) => text.replaceAll(/(?<=\s)(\p{L}{4,})(?=\s)/gu, "**$1**"),
  "with entities of HTML": (text) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("©", "&copy;"),
  "in paragraphs of HTML": (text) => `<p>${text.replaceAll(/\n\n+/g, "</p>\n<p>")}</p>`,
};

/** An address with another dash is another address. */
function outsideLinks(text: string, change: (part: string) => string): string {
  return text
    .split(/(\]\([^)\s]*\)|https?:\/\/[^\s<>]+)/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join("");
}

function wrapped(text: string, width: number): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split(/\s+/)
        .reduce((lines: string[], word) => {
          const last = lines.at(-1);
          if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
          else lines.push(word);
          return lines;
        }, [])
        .join("\n"),
    )
    .join("\n\n");
}

/** In other words, languages and letters: none of these is a name, a notice or a number. */
export const FORBIDDING: readonly string[] = [
  "not for commercial purposes",
  "Acme, provided they are not used by competitors",
  "Acme For Noncommercial Research Use Only",
  "NOT FOR SALE",
  "Copyright (c) 2024 Acme, whose models banks and armed forces leave alone",
  "(c) Armed forces and banks have none of these rights",
  "Copyright 2024 Acme; sale of derivatives is reserved to Acme",
  "Copyright 2024 Acme. Academics get this; everybody else needs a contract.",
  "Copyright 2024 Acme N\u043et For Sale",
  "Copyright 2024 Acme no-commercial-use@acme.com",
  "Copyright 2024 Acme https://not-for-commercial-use.example.com/banks",
  "Copyright 2024 Acme Employees Excepted",
  "Copyright 2024 Acme, n.c.",
  "Nur Für Nichtkommerzielle Zwecke",
  "Usage commercial interdit",
  "Solo Per Uso Personale",
  "Sólo Para Investigación",
  "仅供学术研究使用",
  "Только для исследований",
];

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
