/** What a person can do about a finding, by a short name. */
export const LOAD_ADVICE = {
  convert: "ask the publisher for safetensors, or convert it where running code does no harm",
  "read-code": "read the code before you load it, or use a model without code",
  waive: "allow it by its exact name, if you know what it does",
  download: "download the file itself",
  "download-again": "download it again; if it stays so, ask the publisher",
  "ask-publisher": "do not load it; ask the publisher what it is for",
  "look-at-it": "do not take it for safe: load it only where running code does no harm",
  none: "nothing: it is named so that you know of it",
} as const;

/** The short name of an advice. */
export type LoadAdvice = keyof typeof LOAD_ADVICE;
