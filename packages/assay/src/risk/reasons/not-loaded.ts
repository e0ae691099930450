import type { Reason } from "../reason.ts";

/** Files that no loader reads, and code beside a model. */
export const NOT_LOADED_REASONS = {
  "text/not-text": {
    outcome: "unknown",
    title: "a text file that is not text",
    advice: "look-at-it",
    meaning: "The name is that of a text, and the content has bytes that no text has. What it is, is not known.",
    abuse: "A pickle or an archive waits under a name that people and scanners pass over.",
  },
  "text/active-content": {
    outcome: "note",
    title: "a document with a script",
    advice: "none",
    meaning:
      "A model card, HTML page or SVG image has a script, an event handler or an embedded page. No loader runs it; a viewer in a browser may.",
    abuse: "A card that is shown by a website that does not clean it runs a script there.",
  },
  "text/packages": {
    outcome: "note",
    title: "a list of packages to install",
    advice: "none",
    meaning: "The file lists packages for pip or conda. Loading the model installs none; following its instructions does.",
    abuse: "A package of the list, or an index that it names (pip calls it an extra index), is the attacker's.",
  },
  "media/not-media": {
    outcome: "unknown",
    title: "an image, sound or document that is not one",
    advice: "look-at-it",
    meaning: "The name is that of an image, sound, film or document, and the content does not begin as one.",
  },
  "code/beside-model": {
    outcome: "unknown",
    title: "code beside the model",
    advice: "read-code",
    meaning:
      "The file is a program, and nothing in the model names it. Loading the weights does not run it; what the instructions say may.",
    abuse: "The instructions of a model card ask to run a script that comes with it.",
  },
  "code/named": {
    outcome: "code",
    title: "code that the model names",
    advice: "read-code",
    meaning: "The file is a program that configuration of the model names, or that has a name by which a library finds and runs it.",
    abuse: "See `config/remote-code`: the file is what runs.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
