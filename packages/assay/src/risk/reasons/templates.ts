import type { Reason } from "../reason.ts";

/** Chat templates and other templates. */
export const TEMPLATE_REASONS = {
  "template/hidden-attribute": {
    outcome: "code",
    title: "a template that reaches Python's own objects",
    advice: "ask-publisher",
    meaning:
      "A chat template is a Jinja program, and the program that loads the model runs it. This one reads an attribute that begins with an " +
      "underscore, or one of a frame, function or class: they lead from any text or list to every function of Python. No template needs them.",
    abuse:
      "CVE-2024-34359: a GGUF file's template walks from an empty text to all classes and runs a command where llama-cpp-python renders it. " +
      "The name is often put together, escaped or turned around, so that a search for `__class__` misses it.",
  },
  "template/attr-filter": {
    outcome: "code",
    title: "a template that reads attributes by a filter",
    advice: "ask-publisher",
    meaning: "The filter `attr` reads an attribute that is named by a text. Templates write `message.content` instead.",
    abuse: "Sandboxes and scanners that look at dots and brackets do not see an attribute that a filter reads.",
  },
  "template/runs-code": {
    outcome: "code",
    title: "a template that calls what runs programs or code",
    advice: "ask-publisher",
    meaning: "The template calls a function or method by the name of one that runs a program, evaluates code or imports a module.",
    abuse: "At the end of the way from a text to `os.popen` in CVE-2024-34359 is such a call.",
  },
  "template/include": {
    outcome: "code",
    title: "a template that takes in another one",
    advice: "ask-publisher",
    meaning: "`include`, `import`, `extends` and `from` run another template, which is chosen when the model is used and was not examined.",
    abuse: "A template of the host program, or any file that its loader finds, is read or run.",
  },
  "template/host-object": {
    outcome: "unknown",
    title: "a template that uses an object of its host",
    advice: "ask-publisher",
    meaning:
      "The template uses an object of Jinja or of a web framework (`self`, `cycler`, `lipsum`, `config`, `request`). What they lead to is not data of the chat.",
    abuse:
      "`cycler`, `lipsum` and `self` are the usual first steps on the way to `os`; `config` and `request` hold secrets of a web service.",
  },
  "template/computed-name": {
    outcome: "unknown",
    title: "a template that puts names together",
    advice: "ask-publisher",
    meaning:
      "A subscript looks up a name that the template puts together, so that it could be any attribute. Numbers, texts of the messages, and keys of " +
      "a loop are understood; joined, replaced and formatted texts are not.",
    abuse: 'Filters that look for `__class__` are passed by `x["__cl" ~ "ass__"]`.',
  },
  "template/computed-call": {
    outcome: "unknown",
    title: "a template that calls what it computes",
    advice: "ask-publisher",
    meaning:
      "The template calls a value that an expression gives, or computes the name of a filter or a test. What is called is not known before it runs.",
  },
  "template/unknown-name": {
    outcome: "unknown",
    title: "a template that uses a name that is not allowed",
    advice: "waive",
    meaning:
      "The template uses a function, method, filter or test that is not in the list of what templates may use. It may be one that a program offers for a " +
      "certain model, and can be allowed by its exact name.",
  },
  "template/not-parsed": {
    outcome: "unknown",
    title: "a template that is not understood",
    advice: "look-at-it",
    meaning: "The template has syntax that chat templates do not use, or mistakes. Another parser may read it in another way.",
  },
  "template/too-large": {
    outcome: "unknown",
    title: "a template that is too large to be read",
    advice: "look-at-it",
    meaning: "The template is longer than a megabyte or nested over the bound. Published ones have up to 40,000 characters.",
    abuse: "Parsers that call themselves for each level crash on a template that is nested deep enough.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
