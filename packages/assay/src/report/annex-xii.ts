import type { Check } from "../api/check.ts";
import type { ComponentName } from "../openness/components.ts";
import { isUnavailable } from "../policy/facts.ts";
import { groupDigits } from "../core/sizes.ts";

/**
 * One item that Annex XII of Regulation (EU) 2024/1689 asks the provider of a general-purpose AI model to give to those who
 * build on it, and what the model at hand has of it.
 */
export interface AnnexItem {
  /** As the annex numbers it: `1(a)`. */
  readonly point: string;
  /** What it asks for, in a few words. */
  readonly asks: string;
  /** `found`: the files show it; `claimed`: they say it; `absent`: nothing speaks of it; `not-read`: it was not looked for. */
  readonly state: "found" | "claimed" | "absent" | "not-read";
  readonly value: string;
}

/**
 * What of Annex XII (transparency for downstream providers) a model's own files show or claim. It says what is there, and not
 * whether that is enough: the duty is the provider's, and documents may exist elsewhere.
 */
export function annexItems(check: Check): readonly AnnexItem[] {
  const { inspection } = check;
  return ITEMS.map(({ point, asks, read }) => {
    if (inspection === undefined) return { point, asks, state: "not-read", value: "" };
    return { point, asks, ...firstOf(read(check, inspection)) };
  });
}

type Inspection = NonNullable<Check["inspection"]>;
type Reading = { readonly state: "found" | "claimed"; readonly value: string } | undefined;

function firstOf(readings: readonly Reading[]): Pick<AnnexItem, "state" | "value"> {
  return readings.find((reading) => reading !== undefined) ?? { state: "absent", value: "" };
}

const found = (value: string | undefined): Reading => (value === undefined || value === "" ? undefined : { state: "found", value });
const claimed = (value: string | undefined): Reading => (value === undefined || value === "" ? undefined : { state: "claimed", value });

const ITEMS: readonly {
  readonly point: string;
  readonly asks: string;
  readonly read: (check: Check, inspection: Inspection) => readonly Reading[];
}[] = [
  {
    point: "1(a)",
    asks: "Intended tasks, and systems it can be part of",
    read: (_, { findings }) => [
      claimed(joined([findings.cardFields?.task, headingOf(findings, /intended|use cases?|out[- ]of[- ]scope/i)])),
      claimed(findings.modelFile?.model?.release.type),
    ],
  },
  {
    point: "1(b)",
    asks: "Acceptable use policy",
    read: (_, { findings }) => [
      found(findings.licenseFiles.find(({ isUsePolicy }) => isUsePolicy)?.path),
      claimed(headingOf(findings, /acceptable use|use policy|prohibited|responsible use/i)),
    ],
  },
  {
    point: "1(c)",
    asks: "Release date and distribution",
    read: (check, { findings }) => [
      claimed(
        joined([
          findings.modelFile?.model?.release.date,
          check.isReferenceGiven ? `distributed as ${check.reference.reference}` : undefined,
        ]),
      ),
    ],
  },
  {
    point: "1(d)",
    asks: "Interaction with other hardware and software",
    read: (_, { findings }) => [claimed(joined([findings.cardFields?.library, headingOf(findings, /hardware|requirements|integrat/i)]))],
  },
  { point: "1(e)", asks: "Versions of relevant software", read: (_, { findings }) => [claimed(findings.facts.software)] },
  {
    point: "1(f)",
    asks: "Architecture and number of parameters",
    read: ({ scan }, { findings }) => {
      const { architecture = findings.facts.architecture, parameters } = scan?.risk.facts ?? {};
      return [found(joined([architecture, parameters === undefined ? undefined : `${groupDigits(parameters)} parameters`]))];
    },
  },
  {
    point: "1(g)",
    asks: "Modality and format of inputs and outputs",
    read: (_, { findings }) => [
      claimed(findings.cardFields?.task && `by its task, ${findings.cardFields.task}`),
      claimed(headingOf(findings, /\binputs?\b|\boutputs?\b|prompt (format|template)|chat template/i)),
    ],
  },
  {
    point: "1(h)",
    asks: "License",
    read: ({ facts }) =>
      facts === undefined || isUnavailable(facts.license)
        ? []
        : [
            found(facts.license.found),
            claimed(facts.license.claimed),
            found(facts.license.hasUnknownText ? "a text that is not known" : undefined),
          ],
  },
  {
    point: "2(a)",
    asks: "Means to integrate it: instructions, tools",
    read: (_, { findings }) => [
      found(componentOf(findings, "Inference code", "found")),
      claimed(findings.cardFields?.showsUse === true ? "the card shows code that loads it" : undefined),
      claimed(componentOf(findings, "Inference code", "claimed")),
    ],
  },
  {
    point: "2(b)",
    asks: "Maximum size of inputs and outputs",
    read: ({ scan }) => {
      const { contextLength } = scan?.risk.facts ?? {};
      return [found(contextLength === undefined ? undefined : `context of ${groupDigits(contextLength)} tokens`)];
    },
  },
  {
    point: "2(c)",
    asks: "Data for training, testing and validation",
    read: (_, { findings }) => [
      found(joined([componentOf(findings, "Data card", "found"), componentOf(findings, "Datasets", "found")])),
      claimed(findings.cardFields?.datasets.slice(0, 10).join(", ")),
      claimed(joined([componentOf(findings, "Data card", "claimed"), componentOf(findings, "Datasets", "claimed")])),
      claimed(headingOf(findings, /training data|data ?sets?\b/i)),
    ],
  },
];

function headingOf({ cardFields }: Inspection["findings"], words: RegExp): string | undefined {
  const heading = cardFields?.headings.find((one) => words.test(one));
  return heading === undefined ? undefined : `section “${heading}” of the card`;
}

function componentOf({ components }: Inspection["findings"], name: ComponentName, state: "found" | "claimed"): string | undefined {
  const sign = components.find((one) => one.name === name && one.state === state)?.signs.find((one) => one.state === state);
  return sign && `${sign.file}: ${sign.why}`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("; ");
}
