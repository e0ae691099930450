import type { KnownPublisher } from "./known-publishers.ts";

/** Whose first concerns a starting policy answers. */
export const SECTORS = ["finance", "healthcare", "public", "it", "research"] as const;

/** A sector of `SECTORS`. */
export type Sector = (typeof SECTORS)[number];

/** A rule or more, with the finding of the survey that it answers. */
interface Choice {
  readonly why: string;
  readonly yaml: string;
}

const SECURITY = {
  regulated: "Security is the first concern in finance and healthcare (61% when choosing a model).",
  all: "Security is a concern of 54% when choosing a model, and with data control the first reason to run one's own (43%).",
};

const DATA_ONLY: Choice = {
  why: `${SECURITY.all} A model that is only data runs no code on the machine that holds the data.`,
  yaml: "load: data-only",
};
const STRICT_DATA_ONLY: Choice = {
  why: `${SECURITY.regulated} Loading must run no code, and what is not understood is denied, too.`,
  yaml: "load: { level: data-only, on-unknown: deny }",
};
const FORMATS: Choice = {
  why: `${SECURITY.regulated} Both formats hold numbers and texts, and have readers that check every length.`,
  yaml: "formats: [safetensors, GGUF]",
};
const COMPUTED: Choice = {
  why: "Data control (43%) and data sovereignty (36%) are reasons to run one's own: decide about the bytes that are here.",
  yaml: "digests: computed",
};
const LICENSE_BY_TEXT: Choice = {
  why: "Long-term savings (35%) and data sovereignty (36%) need a license that stays: one whose text is there, and is open.",
  yaml: 'license: ["@open"]',
};
const MODEL_CARD: Choice = {
  why: "Privacy is a concern of 60% in finance and healthcare: a reviewer must be able to read what the model was made from.",
  yaml: "openness: { components: { Model card: required, Data card: required }, on-fail: warn }",
};

/** What every model must be, in each sector. */
const ALWAYS: Readonly<Record<Sector, readonly Choice[]>> = {
  finance: [STRICT_DATA_ONLY, FORMATS, LICENSE_BY_TEXT, COMPUTED],
  healthcare: [STRICT_DATA_ONLY, FORMATS, LICENSE_BY_TEXT, MODEL_CARD, COMPUTED],
  public: [
    DATA_ONLY,
    LICENSE_BY_TEXT,
    {
      why: "Data sovereignty (36%) is a reason to run one's own: an open model can be examined and rebuilt. It only warns at first.",
      yaml: "openness: { class: 3, on-fail: warn }",
    },
    COMPUTED,
  ],
  it: [
    DATA_ONLY,
    {
      why: "Cost is a concern of 49%, and a reason of 36% to run one's own: the weights must fit into one accelerator. Change the bound to yours.",
      yaml: "size: { max-memory: 80GiB }",
    },
    {
      why: "Accuracy and performance come first across industries (60%), so more models count: a license that only the card names will do.",
      yaml: 'license: { allow: ["@open", "@osi"], deny: ["@non-commercial"], basis: claimed }',
    },
  ],
  research: [
    DATA_ONLY,
    {
      why: "Accuracy and performance come first when choosing (60%): any license with a grant will do, as the card names it.",
      yaml: 'license: { deny: ["@no-grant"], basis: claimed }',
    },
    {
      why: "What is published has to be reproduced: warn of a model without its tools.",
      yaml: "openness: { class: 2, basis: claimed, on-fail: warn }",
    },
  ],
};

const TITLES: Readonly<Record<Sector, string>> = {
  finance: "finance",
  healthcare: "healthcare",
  public: "the public sector",
  it: "IT across industries",
  research: "research",
};

/**
 * A starting policy for a sector, as YAML: each choice has the finding of the survey that it answers. `publishers` get an entry
 * each; `others` are written as comments, to be uncommented.
 */
export function startingPolicy(sector: Sector, publishers: readonly KnownPublisher[], others: readonly KnownPublisher[]): string {
  const pinned = sector === "research" ? "if-present" : "required";
  return [
    ...comment(
      `A starting policy for ${TITLES[sector]}. Percentages are of a survey among those who use generative AI: docs/adopting-models.md. ` +
        "Change what does not fit, then run: assay policy lint, assay policy explain.",
    ),
    "version: 1",
    `name: ${sector}`,
    `description: What may be used in ${TITLES[sector]}; a starting policy.`,
    "",
    ...comment("Every model, by any publisher. An entry below cannot loosen this."),
    "always:",
    ...ALWAYS[sector].flatMap(({ why, yaml }) => [...comment(why, "  "), `  ${yaml}`]),
    ...comment(
      "Fetch advisories into a folder beside this file, and uncomment this; the age says how long ago they may have been fetched.",
      "  ",
    ),
    "  # advisories: { from: [advisories], max-age: 30d }",
    "",
    "models:",
    ...publishers.flatMap(publisherEntry),
    ...others.flatMap((publisher) =>
      publisherEntry(publisher).map((line) => (line === "" || line.startsWith("  #") ? line : `  # ${line.slice(2)}`)),
    ),
    ...comment(
      pinned === "required"
        ? "Every other model, after a review: the lock file names its bytes, and the reviewer writes it with assay pin."
        : "Every other model. Where the lock file names it, the bytes must be those, so that a result can be repeated.",
      "  ",
    ),
    "  - id: reviewed",
    '    match: { name: "**" }',
    "    rules:",
    `      pin: ${pinned}`,
    "",
  ].join("\n");
}

/** Owner and identity together: a signature is copied with the model into other owners' repositories. */
function publisherEntry({ id, name, signs, reference, issuer, identities, source, date }: KnownPublisher): readonly string[] {
  return [
    ...comment(`${name} signs ${signs}. Seen on ${date}: ${source}. A suggestion: confirm it with the publisher.`, "  "),
    `  - id: ${id}`,
    `    match: { reference: ${JSON.stringify(reference)} }`,
    "    rules:",
    "      signers:",
    ...identities.flatMap(({ identity, seen }) => [
      `        # ${seen}`,
      `        - name: ${name}`,
      `          sigstore: { identity: ${identity}, issuer: ${issuer} }`,
    ]),
    "      # Some of its signatures leave files out that no loader reads.",
    "      coverage: weights",
    "",
  ];
}

const COLUMNS = 100;

function comment(text: string, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = `${indent}#`;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
