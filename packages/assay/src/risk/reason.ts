import type { LoadAdvice } from "./advice.ts";

/** Why a file is not `data-only`: an entry of the table of reasons. docs/scan.md has a section for each, made of this. */
export interface Reason {
  /** What the finding makes of the file. `note`: nothing, it is only named. */
  readonly outcome: "code" | "unknown" | "invalid" | "note";
  /** A noun phrase, for headings and for SARIF: `a pickle imports a name that is not allowed`. */
  readonly title: string;
  /** What a person can do about it. */
  readonly advice: LoadAdvice;
  /** What was found, and what a loader does with it: a few whole sentences, in Markdown. */
  readonly meaning: string;
  /** How it is abused, with the public advisories: whole sentences, in Markdown. Absent where no abuse is known. */
  readonly abuse?: string;
}
