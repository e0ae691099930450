import { RULE_NAMES, type LicenseTerm, type Policy, type PolicyEntry, type RuleName, type Rules, type Waiver } from "../policy.ts";
import { signerName } from "../signer-name.ts";

/**
 * Everything that a policy says, by the path of its key: `models[granite].rules.load.level`. Two texts that mean the same have the
 * same terms: short forms, defaults, the order of lists without one, comments and labels make no difference.
 */
export function policyTerms(policy: Policy): ReadonlyMap<string, string> {
  const { name, uri, description, always, entries, waivers } = policy;
  return new Map(
    given([
      ["name", name],
      ["uri", uri],
      ["description", description],
      ...ruleTerms("always", always),
      // Entries that deny are tried first, wherever they are.
      [
        "models (order)",
        entries
          .filter(({ deny }) => deny === undefined)
          .map(({ id }) => id)
          .join(", "),
      ],
      ...entries.flatMap(entryTerms),
      ...waivers.flatMap(waiverTerms),
    ]),
  );
}

type Term = readonly [path: string, value: string | undefined];

function given(terms: readonly Term[]): readonly (readonly [string, string])[] {
  return terms.flatMap(([path, value]) => (value === undefined || value === "" ? [] : [[path, value] as const]));
}

function entryTerms({ id, match, rules, deny }: PolicyEntry): readonly Term[] {
  const path = `models[${id}]`;
  return [
    [`${path}.match.name`, sorted(match.name)],
    [`${path}.match.reference`, sorted(match.reference)],
    [`${path}.match.manifest`, sorted(match.manifest)],
    ...ruleTerms(`${path}.rules`, rules),
    [`${path}.deny`, deny],
  ];
}

function ruleTerms(path: string, rules: Rules | undefined): readonly Term[] {
  return RULE_NAMES.flatMap((name): readonly Term[] => {
    const rule = rules?.[name];
    if (rules === undefined || rule === undefined) return [];
    const own: readonly Term[] = [...termsOfRule(name, rules), ["on-fail", rule.onFail], ["on-unknown", rule.onUnknown]];
    return own.map(([key, value]) => [`${path}.${name}.${key}`, value]);
  });
}

function termsOfRule(name: RuleName, rules: Rules): readonly Term[] {
  switch (name) {
    case "signers":
      return [["any-of", sorted(rules.signers?.anyOf.map(windowed))]];
    case "coverage":
      return [["level", rules.coverage?.level]];
    case "pin":
      return [["mode", rules.pin?.mode]];
    case "load":
      return [
        ["level", rules.load?.level],
        ["allow", sorted(rules.load?.allow)],
      ];
    case "formats":
      return [["allow", sorted(rules.formats?.allow)]];
    case "size":
      return [
        ["max-bytes", rules.size?.maxBytes?.toString()],
        ["max-memory", rules.size?.maxMemory?.toString()],
      ];
    case "license":
      return [
        ["allow", sorted(rules.license?.allow?.map(licenseTerm))],
        ["deny", sorted(rules.license?.deny?.map(licenseTerm))],
        ["basis", rules.license?.basis],
      ];
    case "openness":
      return [
        ["class", rules.openness?.class?.toString()],
        ["components", sorted(rules.openness?.components)],
        ["basis", rules.openness?.basis],
      ];
    case "digests":
      return [["level", rules.digests?.level]];
    case "advisories":
      return [
        ["from", sorted(rules.advisories?.from.map(({ path }) => path))],
        ["max-age", rules.advisories?.maxAge === undefined ? undefined : `${rules.advisories.maxAge / 3_600_000}h`],
      ];
  }
}

function windowed(signer: NonNullable<Rules["signers"]>["anyOf"][number]): string {
  const from = signer.validFrom === undefined ? "" : ` valid-from=${signer.validFrom}`;
  const until = signer.validUntil === undefined ? "" : ` valid-until=${signer.validUntil}`;
  return `${signerName(signer)}${from}${until}`;
}

function licenseTerm(term: LicenseTerm): string {
  return term.kind === "license" ? term.id : `@${term.category}`;
}

/** By what they are for: a waiver that moves in the list is the same. */
function waiverTerms({ rule, manifest, reason, expires, approvedBy, issued, ticket, advisory }: Waiver): readonly Term[] {
  const path = `waivers[${advisory ?? rule} of ${manifest}]`;
  return [
    [`${path}.expires`, expires],
    [`${path}.reason`, reason],
    [`${path}.approved-by`, sorted(approvedBy)],
    [`${path}.issued`, issued],
    [`${path}.ticket`, ticket],
  ];
}

function sorted(words: readonly string[] | undefined): string | undefined {
  return words === undefined ? undefined : [...new Set(words)].toSorted().join(", ");
}
