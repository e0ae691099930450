/** What a path says of what is in it, by its words: `run_SquadEval.py` has run, squad, eval. */

/** The words of a path or name in lower case, in one spelling; a capital begins a word. */
export function pathWords(path: string): readonly string[] {
  return (path.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) =>
    word
      .toLowerCase()
      .replace(/^modell(?=ing)/, "model")
      .replace(/^licen[cs]e/, "license"),
  );
}

/** The name of a file without its folder. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a file or folder is in, without a slash behind it; empty at the root. */
export function parentFolder(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Whether code or data at this path are for adapting a model that exists: fine-tuning, adapters, alignment. */
export function isForFineTuning(path: string): boolean {
  return FINE_TUNING.test(path.toLowerCase());
}

const FINE_TUNING =
  /(?:^|[/_.\- ])(?:(?:fine[-_ ]?)?tun(?:e|ed|er|ing)|(?:q|do)?lora|peft|p[-_]?tuning|prompt[-_]?tuning|instruct(?:ion)?[-_]?tuning|sft|dpo|ppo|rlhf|dreambooth|textual[-_]inversion)(?:[/_.\- ]|$)/;

/** Whether code at this path is of others and only kept here. */
export function isOfOtherProject(path: string): boolean {
  return /(?:^|\/)(?:third[-_]?party|3rd[-_]?party|vendor(?:ed)?|extern(?:al)?s?|submodules|node_modules|site-packages)\//i.test(path);
}

/**
 * Whether a file is an example, a toy or a template rather than what the model was made of or with. Words of its own
 * name and of its folders count; `sample` only where the whole folder is not called so for what a model wrote.
 */
export function isExample(path: string): boolean {
  return pathWords(path).some((word) => EXAMPLE.has(word));
}

const EXAMPLE = new Set(
  "example examples demo demos toy toys dummy mock fixture fixtures sample samples template templates tutorial tutorials playground quickstart placeholder".split(
    " ",
  ),
);
