// The published JSON schema of a policy, for editors: made from the tables of its reader, packages/assay/src/policy/read.
// test/policy/schema.test.ts compares it with the reader.
import { COMPONENTS } from "../../packages/assay/src/openness/components.ts";
import { RULE_NAMES } from "../../packages/assay/src/policy/policy.ts";
import * as choices from "../../packages/assay/src/policy/read/choices.ts";
import { EXAMINERS } from "../../packages/assay/src/probe/load/examiners.ts";

/** A JSON schema, draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** The formats as a scan prints them. */
export const FORMAT_NAMES: readonly string[] = [...new Set(EXAMINERS.map(({ format }) => format))].toSorted();

/** `policy.v1`. What a schema cannot say, the reader alone checks: days that exist, ids that are unique, patterns. */
export function policySchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:assay:schema:policy:v1",
    title: "Assay policy",
    description: "Which models may be used here, as `assay check --policy` reads it.",
    ...mapping(
      {
        version: { const: 1, description: "The version of this format. An older Assay refuses a newer version." },
        name: { ...name(), description: "A short name." },
        uri: {
          ...text({ max: 2000, pattern: "^[A-Za-z][A-Za-z0-9+.-]*:(?!//[^/]*@)[^\\s?#]+$" }),
          description:
            "What evidence calls the policy: an absolute URI without user, query and fragment. Default: `urn:assay:policy:NAME`.",
        },
        description: { ...text(), description: "For people: `assay policy explain` prints it." },
        always: { ...ref("rules"), description: "Rules for every model, whatever entry it has. An entry cannot loosen them." },
        models: {
          ...listOf(ref("entry")),
          description: "The models that may be used. The first entry that matches counts; entries with `deny` are tried before all others.",
        },
        waivers: { ...listOf(ref("waiver")), description: "Exceptions: one rule, one model, until a day." },
      },
      ["version", "name", "models"],
    ),
    $defs: { entry: entry(), rules: rules(), signer: signer(), waiver: waiver(), ...VALUES, format: formatName() },
  };
}

const VALUES: Readonly<Record<string, Schema>> = {
  digest: { ...text({ pattern: "^sha256:[0-9a-f]{64}$" }), description: "A manifest digest: `assay digest --manifest` prints it." },
  day: {
    ...text({ pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" }),
    description: "A whole day in UTC, such as 2027-01-31. It must exist.",
  },
  duration: { ...text({ pattern: "^[1-9][0-9]{0,5}[dh]$" }), description: "Days or hours, such as 90d or 12h." },
  size: {
    description: "Bytes, or a number with a unit and no blank: 1.5GB (1000 each), 80GiB (1024 each).",
    anyOf: [
      { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      { type: "string", pattern: "^(?=[0-9.]*[1-9])[0-9]{1,16}(\\.[0-9]{1,12})?([kMGT]?B|[KMGT]iB)$" },
    ],
  },
  file: { ...text({ max: 4096 }), description: "A file, relative to the policy." },
  glob: { ...text(), description: "`*` is any characters but `/`, `**` any, `?` one but `/`; all else means itself. Case counts." },
  license: {
    ...text({ max: 200, pattern: `^(@(${choices.LICENSE_CATEGORIES.join("|")})|[A-Za-z0-9.:+-]+( [Ww][Ii][Tt][Hh] [A-Za-z0-9.-]+)?)$` }),
    description: `An SPDX identifier, a LicenseRef-, or all licenses of a kind: ${choices.LICENSE_CATEGORIES.map((kind) => `@${kind}`).join(", ")}.`,
  },
};

function entry(): Schema {
  return {
    description: "Rules for the models that match, or a reason to deny them.",
    ...mapping(
      {
        id: { ...name(), description: "Named in results; unique. Default: `models[N]`." },
        match: {
          description: "Which models are meant. All that is given must hold; of a list, one.",
          ...mapping(
            {
              name: {
                ...oneOrMore(ref("glob")),
                description:
                  "The model's name: `owner/name` of a hub, else the name of the folder or file. A name is what the caller says, never proof.",
              },
              reference: {
                ...oneOrMore(ref("glob")),
                description: "The model's reference without revision: `hf:owner/name`, `oci:registry/repository`, `file:NAME`.",
              },
              manifest: { ...oneOrMore(ref("digest")), description: "These bytes only." },
            },
            [],
          ),
        },
        rules: { ...ref("rules"), description: "What must hold for these models." },
        deny: { ...text(), description: "Deny every model that matches, with this reason." },
      },
      ["match"],
    ),
    ...exactlyOne("rules", "deny"),
  };
}

/** In the order of the reader, which is the order of results. */
function rules(): Schema {
  const given: Readonly<Record<(typeof RULE_NAMES)[number], Schema>> = {
    signers: {
      description: "Who must have signed: one of these.",
      anyOf: [
        listOf(ref("signer"), 100),
        rule({ "any-of": { ...listOf(ref("signer"), 100), description: "One of these must have signed." } }, ["any-of"]),
      ],
    },
    coverage: oneWord(
      "What must be under the signature. Without this rule, a signer that `signers` trusts must have signed every file. A signed file whose bytes differ is not covered.",
      "level",
      choices.COVERAGE_LEVELS,
      "complete: every file; weights: every file that a loader reads as weights or runs; signed-files: the signed ones, unchanged.",
    ),
    pin: oneWord(
      "Whether the lock file must name exactly these bytes and this signer.",
      "mode",
      choices.PIN_MODES,
      "required: it must; if-present: it must where it names the model.",
    ),
    load: {
      description: "What may happen when the model is loaded, as `assay scan` says.",
      anyOf: [
        { enum: choices.LOAD_LEVELS },
        rule(
          {
            level: { enum: choices.LOAD_LEVELS, description: "data-only: loading runs no code; any: whatever." },
            allow: {
              ...listOf(text({ max: 500, pattern: "^(?=.*\\.)[^\\s*?[\\]]+$" })),
              description:
                "Classes and functions that may be named, exactly as a scan prints them: `sklearn.tree._classes.DecisionTreeClassifier`.",
            },
          },
          ["level"],
        ),
      ],
    },
    formats: {
      description: "The formats that files of weights may have, by content.",
      anyOf: [
        listOf(ref("format"), 100),
        rule({ allow: { ...listOf(ref("format"), 100), description: "As `assay scan` prints them, in any case." } }, ["allow"]),
      ],
    },
    size: {
      description: "How large the model may be.",
      ...rule(
        {
          "max-bytes": { ...ref("size"), description: "All files together; exactly as large is allowed." },
          "max-memory": { ...ref("size"), description: "The weights in memory, at the precision in which they are stored." },
        },
        [],
      ),
      anyOf: [has("max-bytes"), has("max-memory")],
    },
    license: {
      description: "The license of the weights.",
      anyOf: [
        listOf(ref("license")),
        {
          ...rule(
            {
              allow: { ...listOf(ref("license")), description: "The license must be one of these." },
              deny: { ...listOf(ref("license")), description: "Licenses that are refused, whatever `allow` says." },
              basis: basis(),
            },
            [],
          ),
          anyOf: [has("allow"), has("deny")],
        },
      ],
    },
    openness: {
      description: "How open the model must be, by the Model Openness Framework.",
      anyOf: [
        { enum: [1, 2, 3] },
        {
          ...rule(
            {
              class: { enum: [1, 2, 3], description: "At least this class: 1 is open science, 2 open tooling, 3 open model." },
              components: {
                description: "Components that must be there under an open license.",
                ...mapping(Object.fromEntries(COMPONENTS.map(({ name: component }) => [component, { const: "required" }])), []),
              },
              basis: basis(),
            },
            [],
          ),
          anyOf: [has("class"), has("components")],
        },
      ],
    },
    digests: oneWord(
      "How sure the digests of the files must be.",
      "level",
      choices.DIGEST_LEVELS,
      "computed: of bytes that were read here; attested: as a hub tells them will do.",
    ),
    advisories: {
      description: "Whether an advisory may be about the model. The short form is `on-fail`.",
      anyOf: [
        { enum: choices.ON_FAIL },
        rule(
          {
            from: { ...listOf(ref("file"), 100), description: "Files or folders of advisories (OSV)." },
            "max-age": { ...ref("duration"), description: "How old the sources may be, by the time that they give." },
          },
          [],
        ),
      ],
    },
  };
  return { description: "What is asked. A rule that is not given asks nothing.", ...mapping(given, []) };
}

function signer(): Schema {
  const sigstore = {
    ...mapping(
      {
        identity: { ...text({ max: 2000 }), description: "Who signs, exactly as in the certificate." },
        "identity-regexp": { ...text({ max: 2000 }), description: "A pattern (RE2) that the whole identity matches." },
        issuer: {
          ...text({ max: 2000, pattern: ISSUER }),
          description: "The identity provider, exactly: an https address, or http on this machine.",
        },
        "issuer-regexp": {
          ...text({ max: 2000 }),
          description: "A pattern (RE2) that the whole address of the identity provider matches.",
        },
        "trusted-root": { ...ref("file"), description: "The instance's keys and certificates. Default: the public instance's." },
      },
      [],
    ),
    allOf: [exactlyOne("identity", "identity-regexp"), exactlyOne("issuer", "issuer-regexp")],
  };
  const certificate = mapping(
    {
      roots: { ...listOf(ref("file"), 100), description: "Certificates of the authorities that are trusted." },
      intermediates: {
        ...listOf(ref("file"), 100),
        description: "Certificates between a root and the signer's, where the signature lacks them.",
      },
      subject: { ...text({ max: 2000 }), description: "A subject alternative name, or the whole subject, exactly." },
      fingerprint: { ...ref("digest"), description: "SHA-256 of the signer's certificate." },
      crl: { ...listOf(ref("file"), 100), description: "Revocation lists." },
      usage: {
        enum: choices.CERTIFICATE_USAGES,
        default: choices.CERTIFICATE_USAGES[0],
        description: "code-signing: the certificate must name this use; code-signing-or-none: it may also name none.",
      },
    },
    ["roots"],
  );
  const key = {
    ...mapping(
      {
        file: { ...ref("file"), description: "The public key, PEM or DER." },
        pem: { ...text({ max: 20_000 }), description: "The public key as text." },
      },
      [],
    ),
    ...exactlyOne("file", "pem"),
  };
  return {
    description: "A signer that the policy trusts.",
    ...mapping(
      {
        name: { ...text({ max: 100 }), description: "What people call this signer." },
        sigstore: { description: "An identity that an identity provider vouches for.", ...sigstore },
        certificate: { description: "A certificate under one of these roots.", ...certificate },
        key: { description: "A public key.", ...key },
        "valid-from": { ...ref("day"), description: "The first day on which it may sign." },
        "valid-until": {
          ...ref("day"),
          description:
            "The last day on which it may sign. Compared with the proven time of the signature, or with the time of the check where none is proven.",
        },
      },
      [],
    ),
    ...exactlyOne("sigstore", "certificate", "key"),
  };
}

function waiver(): Schema {
  return {
    description: "An exception: this rule counts for nothing for exactly these bytes, until a day.",
    ...mapping(
      {
        rule: { enum: RULE_NAMES, description: "The rule that is waived, in both scopes." },
        manifest: { ...ref("digest"), description: "These bytes. A name cannot be waived." },
        reason: { ...text({ min: 10 }), description: "Why, for those who read the decision." },
        expires: { ...ref("day"), description: "The last day; at most 400 days after `issued`, where that is given." },
        "approved-by": {
          ...listOf(text(), 20),
          description: "Who approved it. Not proven: a person who can write the policy can write this.",
        },
        issued: { ...ref("day"), description: "When it was given: it does not hold before that day." },
        ticket: { ...text({ max: 200 }), description: "Where it is recorded." },
        advisory: {
          ...text({ max: 200 }),
          description: "The id of the one advisory that is waived; with `rule: advisories`, and only there.",
        },
      },
      ["rule", "manifest", "reason", "expires", "approved-by"],
    ),
    if: { properties: { rule: { const: "advisories" } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: has("advisory"),
    else: { properties: { advisory: false } },
  };
}

const ISSUER = "^([Hh][Tt][Tt][Pp][Ss]:|[Hh][Tt][Tt][Pp]:/*(localhost|127\\.0\\.0\\.1|\\[::1\\])([:/]|$))\\S*$";

function name(): Schema {
  return text({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" });
}

function basis(): Schema {
  return {
    enum: choices.BASES,
    default: "found",
    description: "found: by what is in the model; claimed: without a text, what a card or mof.yml says will do.",
  };
}

/** A rule that is one word, alone or under a key. */
function oneWord(description: string, key: "level" | "mode", words: readonly string[], meaning: string): Schema {
  return { description, anyOf: [{ enum: words }, rule({ [key]: { enum: words, description: meaning } }, [key])] };
}

/** The mapping of a rule, with what happens where it does not hold. */
function rule(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return mapping(
    {
      ...properties,
      "on-fail": { enum: choices.ON_FAIL, default: "deny", description: "What it comes to where the rule does not hold." },
      "on-unknown": { enum: choices.ON_UNKNOWN, default: "incomplete", description: "What it comes to where that cannot be told." },
    },
    required,
  );
}

function mapping(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, ...(required.length === 0 ? { minProperties: 1 } : { required }), additionalProperties: false };
}

function listOf(items: Schema, maxItems = 1000): Schema {
  return { type: "array", items, minItems: 1, maxItems };
}

function oneOrMore(item: Schema): Schema {
  return { anyOf: [item, listOf(item)] };
}

function exactlyOne(...keys: readonly string[]): Schema {
  return { oneOf: keys.map(has) };
}

function text({
  min = 1,
  max = 1000,
  pattern = "\\S",
}: { readonly min?: number; readonly max?: number; readonly pattern?: string } = {}): Schema {
  return { type: "string", minLength: min, maxLength: max, pattern };
}

function ref(part: string): Schema {
  return { $ref: `#/$defs/${part}` };
}

/** A format in any case; the names as they are printed are there for editors to offer. */
function formatName(): Schema {
  const inAnyCase = (format: string): string =>
    Array.from(format, (character) => {
      const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
      return lower === upper ? character.replace(/[.()]/, "\\$&") : `[${upper}${lower}]`;
    }).join("");
  return { anyOf: [{ enum: FORMAT_NAMES }, { type: "string", pattern: `^(${FORMAT_NAMES.map(inAnyCase).join("|")})$` }] };
}

/** Names the property too, as strict validators ask. */
function has(key: string): Schema {
  return { properties: { [key]: true }, required: [key] };
}
