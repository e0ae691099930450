/** What a command has to say to a person, in blocks that know nothing of color, width or terminals. */
export type Report = readonly Block[];

/** `yes` is a whole yes; `partly` a yes for less than everything there is; `unsure` neither yes nor no. */
export type Mark = "yes" | "partly" | "no" | "unsure" | "neutral";

export type Tone = "bad" | "notable" | "dim";

export type Block =
  /** The first line, which answers the question: mark, bold lead (empty: none), text. */
  | { readonly kind: "answer"; readonly mark: Mark; readonly lead: string; readonly text: string }
  /** A label and what belongs to it. */
  | { readonly kind: "row"; readonly label: string; readonly value: string }
  /** A label, a name (shortened in the middle where it must be) and something about it. */
  | { readonly kind: "item"; readonly label: string; readonly name: string; readonly detail: string; readonly tone?: Tone }
  | { readonly kind: "text"; readonly text: string; readonly tone?: Tone }
  /** A command that the reader may type, with the words that lead to it. */
  | { readonly kind: "command"; readonly lead: string; readonly words: readonly Word[] }
  /** A command as it appears after a shell's prompt, for showing what was typed. */
  | { readonly kind: "prompt"; readonly words: readonly string[] }
  /** Exactly this line, for what programs read. */
  | { readonly kind: "line"; readonly text: string }
  /** A heading over what follows. */
  | { readonly kind: "heading"; readonly text: string }
  /** A term and its explanation, which starts at the same column for a whole list. */
  | { readonly kind: "entry"; readonly term: string; readonly text: string; readonly column: number }
  /** Cells under each other; `widths` are the least columns of each but the last, which is broken into lines below itself. */
  | { readonly kind: "columns"; readonly rows: readonly (readonly string[])[]; readonly widths: readonly number[] }
  /** Cells under headings; where they do not fit, one block for each row. */
  | { readonly kind: "grid"; readonly columns: readonly GridColumn[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: "blank" }
  /** Text that is laid out already, line by line (output shown inside the demo). Its maker escaped it. */
  | { readonly kind: "finished"; readonly text: string };

export interface GridColumn {
  readonly heading: string;
  readonly align?: "right";
  /** It may be left out where there is little room, the last such column first. */
  readonly mayGo?: true;
  /** Its cells may be shortened in the middle, down to so many columns, before another column is dropped. */
  readonly shrinkTo?: number;
  /** And down to so many where no other column may go. */
  readonly least?: number;
}

export interface Cell {
  readonly text: string;
  readonly tone?: Tone | "good" | "bold";
}

/** A word of a command: to be quoted, or a placeholder that the reader replaces. */
export type Word = string | { readonly placeholder: string };

export function answer(mark: Mark, lead: string, text: string): Block {
  return { kind: "answer", mark, lead, text };
}

export function row(label: string, value: string): Block {
  return { kind: "row", label, value };
}

export function text(content: string, tone?: Tone): Block {
  return tone === undefined ? { kind: "text", text: content } : { kind: "text", text: content, tone };
}

export function command(lead: string, words: readonly Word[]): Block {
  return { kind: "command", lead, words };
}

export function placeholder(name: string): Word {
  return { placeholder: name };
}
