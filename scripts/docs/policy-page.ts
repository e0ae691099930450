import { DECISION_CODES } from "../../packages/assay/src/policy/decision-codes.ts";
import { LINTS } from "../../packages/assay/src/policy/lint/finding.ts";
import { RULE_NAMES, type RuleName } from "../../packages/assay/src/policy/policy.ts";
import { code, page, table } from "./markdown.ts";
import { EXPECTED_EXAMPLE, RECORD_EXAMPLE, RULE_EXAMPLES, WHOLE_POLICY } from "./policy-examples.ts";
import { FORMAT_NAMES, policySchema, type Schema } from "./policy-schema.ts";

const SCHEMA = policySchema();
const PARTS = mappingOf(SCHEMA["$defs"]);

/** docs/policy.md: how a decision is made, every key with its meaning and an example, and every code. */
export function policyPage(): string {
  return page("Policies", [
    "A policy says which models may be used. `assay check MODEL --policy FILE` answers allow, deny or incomplete for one model, one policy and one time. The same bytes of model, policy, trust material, lock file and advisories, and the same time, give the same answer.",
    yaml(WHOLE_POLICY),
    "A policy to begin with, for your sector: [Adopting models](adopting-models.md). `assay policy explain FILE` prints a policy in sentences, `assay policy lint FILE` names what is probably not meant.",
    "Editors complete and check a policy by its JSON schema, which the package has as `assay/schemas/policy.v1.json`:",
    code(["assay policy schema --output-file policy.v1.json"]),
    "With the YAML language server, the first line of the policy is then `# yaml-language-server: $schema=policy.v1.json`.",
    ...decision(),
    "## The file",
    `YAML 1.2 (core schema): UTF-8, 1 MiB, 20 levels, 10,000 values, one document. A policy is reviewed line by line, so anchors, aliases, merge keys, tags, directives and control characters are refused, and so is what shows a reader another text than is read: marks that turn the direction of writing, and characters that only some editors show as the end of a line. So is an unknown key, at any depth. A text is never a number or a boolean, and the reverse: \`class: "3"\` and \`pin: true\` are errors. The first error in the order of the file is reported with its line and column, and ends with exit code 2: a policy that cannot be read decides nothing.`,
    keyTable(SCHEMA),
    "### Values",
    valueTable(),
    "## Entries",
    keyTable(part("entry")),
    "`match` has at least one of:",
    keyTable(mappingOf(mappingOf(part("entry")["properties"])["match"])),
    "A name or a reference is what the caller says, never proof: bind it to `signers` or `pin`.",
    ...rules(),
    "## Waivers",
    "A waiver turns a deny or an unknown of one rule into `waived`, in both scopes, for exactly these bytes, until the end of a day. It never matters to another model. After its last day, and before the day on which it was given, the rule's own outcome counts, and says so. A model without an entry, and an entry with `deny`, cannot be waived. Results list every waiver with its state: `used`, `unused`, `expired` or `other-model`.",
    keyTable(part("waiver")),
    "For `rule: advisories` a waiver names one advisory: what is published later is not waived in advance.",
    "Approvals are not proven. Protect the file: review it (CODEOWNERS), or sign it with `assay sign`.",
    "## Pins",
    "A lock file, `assay.lock`, records what was accepted: for each name the manifest digest, the signer, the decision, the digest of the policy and the date. It belongs in version control. The rule `pin` compares a model with it: other bytes are `PIN_BYTES`, or `PIN_ROLLBACK` where they were signed before the pinned ones; another signer, or none, is `PIN_SIGNER`. A pinned signer must be one that `signers` verified, so without that rule such a pin cannot pass. `signer: null` pins the bytes alone. A key is recorded by the SHA-256 of its DER form (`openssl pkey -pubin -in KEY.pub -outform DER | sha256sum`); the short one that `verify` prints is of the PEM form, as signatures name it. The lock file is `--lock`, or `assay.lock` beside the policy.",
    "`assay pin MODEL --policy FILE` decides as `assay check` does, with the new entry as the pin, and records what the policy allows; by `--force` it records a denial or an incomplete decision, named as such. Another signer, a lost signature, an older version (by proven times) and other bytes under the same commit are each named, and recorded only by `--force`. Of several models all are recorded, or none. Where nothing changed, the entry and its date stay. Comments of the file are not kept, and a warning says so. `assay pin MODEL... --policy FILE --check` writes nothing: it ends with 1 where an entry would change, and where the lock file names a model that is not among those given.",
    "## Advisories",
    "Advisories are OSV files (JSON, version 1.7) in a folder, or one file. One is about a model where `affected[].database_specific.digests` has a digest of its manifest or of one of its files, or where `package.purl` names it (`pkg:huggingface/OWNER/NAME`) and lists its revision, or no revision at all. A withdrawn advisory never fits. A range of Git commits that does not begin at the first cannot be told offline: `ADVISORY_UNREAD`. `max-age` is compared with the time `generated` in the source's `index.json`; a source without one is too old, and so is one whose time is over a day ahead.",
    "A local folder has no owner: without `--as`, an advisory finds it by its digests alone, as the name of a folder proves nothing. With `--as` and without a revision, an advisory that lists revisions cannot be told: `ADVISORY_UNREAD`; a branch or tag is not compared with a commit either. Owner and name are case-sensitive, and percent signs are decoded. A folder is read whole, every `*.json` below it but for its own `index.json`, without following a link out of it; what cannot be read is `ADVISORY_UNREAD`, and what can be read counts all the same.",
    "`assay advisory new MODEL` writes such a file from a scan, for others: the digests of the model and of the files with findings in `affected[].database_specific.digests` (`manifest`, a digest or a list of them, and `files`, a list), and with `--as hf:OWNER/NAME@COMMIT` the package and its revision. A file of that kind in a folder that a policy names is all that it takes.",
    "## Test a policy",
    "A decision rests on facts. Recorded as JSON ([facts.v1](json-output.md#assay-facts), `factsDocument` of the library) they decide the same again, at the time that they recorded, and no model is opened. A case is a folder with `facts.json` and `expected.json`:",
    ["```json", EXPECTED_EXAMPLE, "```"].join("\n"),
    "`rules` may be missing. Each of its keys is `always.RULE` or `entry.RULE`, each value an outcome or a code. `assay policy test DIR --policy FILE` decides every case in DIR, ends with 1 where one is not as expected, and names entries and rules that no case shows: a rule that never fails in a case may as well be missing.",
    "The command records them with what no rule of the policy asked for too, `assay check ./granite --policy policy.yml --record cases/granite/facts.json`, and so does the library:",
    ["```ts", RECORD_EXAMPLE, "```"].join("\n"),
    "`assay policy diff A B` names the keys of two policies that differ in meaning; short forms, defaults, comments and the order of lists make no difference. `assay policy diff A B RESULT...` decides recorded facts, or the cases in a folder, by both, and ends with 1 where one is decided otherwise.",
    "Recorded facts name the signers that were asked about, as the policy wrote them. A policy that asks about another gets unknown, never a yes by its place in the list. That a key file changed under its name is not noticed: record again.",
    "## What lint finds",
    "`assay policy lint FILE` reads a policy and names what is probably not meant. No finding changes a decision. It ends with 1 where it finds something, 0 where it does not, and 2 for a policy that cannot be read.",
    table(
      ["Id", "Meaning", "What to do"],
      Object.entries(LINTS).map(([id, { meaning, advice }]) => [`\`${id}\``, meaning, advice]),
    ),
    "## Codes",
    "A rule that does not pass has one of these codes, and so has the decision.",
    table(
      ["Code", "Rule", "Meaning", "What settles it"],
      Object.entries(DECISION_CODES).map(([name, { rule, meaning, settle }]) => [
        `\`${name}\``,
        rule === null ? "" : `\`${rule}\``,
        meaning,
        settle,
      ]),
    ),
  ]);
}

function decision(): string[] {
  return [
    "## How a decision is made",
    [
      "1. The policy and every file that it names are read and checked before the model is opened.",
      "2. The model is opened once. Its manifest digest names every file, those that the signer left out too: what `assay digest --manifest` prints. Decision, waivers, pins and advisories name this digest, so that a file added later changes all of them.",
      "3. Entries with `deny` are tried first, wherever they are. Otherwise the first entry of `models` that matches is taken. Without one the answer is deny, `POLICY_NO_MATCH`.",
      "4. All rules of `always` and of that entry are evaluated; none hides another. A rule in both gives two results: an entry cannot loosen what always holds.",
      "5. Each rule comes to `pass`, `deny`, `warn`, `unknown` or `waived`. Any deny: deny. Else any unknown: incomplete. Else allow.",
      "6. The rule that decided is the first deny, else the first unknown, in the order below, `always` before the entry.",
    ].join("\n"),
    "A rule never passes for want of data: what was not examined, not given or not understood is unknown. `on-fail: warn` makes a rule that does not hold a warning, `on-unknown: deny` or `warn` changes what unknown comes to, and `--fail-on-warn` makes every warning a deny.",
    table(
      ["Answer", "Meaning", "Exit code"],
      [
        ["allow", "Every rule passes, warns or is waived.", "0"],
        ["deny", "A rule does not hold, no entry matches, or an entry denies.", "1"],
        ["", "The policy, lock file or an option is wrong: not an answer.", "2"],
        ["incomplete", "Nothing is denied, and something cannot be told.", "3"],
      ],
    ),
    "`--at` is the only clock: windows of signers, waivers and ages are compared with it.",
  ];
}

function rules(): string[] {
  const all = mappingOf(part("rules")["properties"]);
  return [
    "## Rules",
    "`always` and `rules` hold any of these, in the order of results. Each is a short form, or a mapping with two keys more:",
    table(
      ["Key", "Type", "Default", "Meaning"],
      [
        ["`on-fail`", "`deny`, `warn`", "`deny`", "What it comes to where the rule does not hold."],
        ["`on-unknown`", "`incomplete`, `deny`, `warn`", "`incomplete`", "What it comes to where that cannot be told."],
      ],
    ),
    ...RULE_NAMES.flatMap((name) => [
      `### ${name}`,
      plain(mappingOf(all[name])["description"]),
      ...shortForm(name, mappingOf(all[name])),
      ...more(name),
      ...example(name),
    ]),
  ];
}

/** The short form of a rule in words, and the keys of its mapping. */
function shortForm(name: RuleName, schema: Schema): string[] {
  const branches =
    (schema["anyOf"] as readonly Schema[] | undefined)?.filter(
      (branch) => branch["properties"] === undefined || branch["type"] !== undefined,
    ) ?? [];
  const short = branches.find((branch) => branch["type"] !== "object");
  const mapping = branches.find((branch) => branch["type"] === "object") ?? schema;
  return [
    ...(short === undefined ? ["It has no short form."] : [`Short form: ${typeOf(short)}${name === "license" ? " (`allow`)" : ""}.`]),
    keyTable(mapping, ["on-fail", "on-unknown"]),
  ];
}

function more(name: RuleName): string[] {
  switch (name) {
    case "signers":
      return [
        "A signer is exactly one of `sigstore`, `certificate` and `key`:",
        keyTable(part("signer")),
        "`sigstore` takes one of `identity` and `identity-regexp`, and one of `issuer` and `issuer-regexp`:",
        keyTable(mappingOf(mappingOf(part("signer")["properties"])["sigstore"])),
        "`certificate`:",
        keyTable(mappingOf(mappingOf(part("signer")["properties"])["certificate"])),
        "`key` takes one of:",
        keyTable(mappingOf(mappingOf(part("signer")["properties"])["key"])),
      ];
    case "load":
      return [
        "Naming a class allows to call it and to set the state of its instances, nothing else; all else about the file must be data. A name that runs commands or imports whatever it is given allows everything: `assay policy lint` names such an entry.",
      ];
    case "formats":
      return [`The formats, in any case: ${FORMAT_NAMES.join(", ")}.`];
    case "license":
      return [
        "A license passes if no entry of `deny` names it and, where `allow` is given, an entry of `allow` does. Of `A AND B` both must pass, of `A OR B` one; `A WITH E` is named by `A` or by `A WITH E`. A license is of every kind that its terms say: CC-BY-NC-ND-4.0 of two. A license of one's own, or a LicenseRef, is denied where `allow` does not name it, and unknown where only a category of `deny` could name it. Where card and text are at odds, the text counts.",
        table(
          ["Category", "Licenses"],
          [
            ["`@open`", "open by the Model Openness Framework"],
            ["`@osi`", "approved by the Open Source Initiative"],
            ["`@non-commercial`", "not for commercial use"],
            ["`@no-derivatives`", "changed versions may not be shared"],
            ["`@field-of-use`", "some uses or users are excluded"],
            ["`@user-cap`", "only up to a number of users"],
            ["`@no-grant`", "a text that grants no rights"],
            ["`@not-approved`", "not approved as open, for another reason"],
          ],
        ),
      ];
    case "openness":
      return ["`components` maps names of the framework's 17 components to `required`: `assay openness --full` lists them."];
    default:
      return [];
  }
}

function example(name: RuleName): string[] {
  const { yaml: text, cases } = RULE_EXAMPLES[name];
  return [
    yaml(text),
    table(
      ["Model", "Decision", "Code"],
      cases.map(({ what, decision: decided, code: found }) => [what, decided, found === undefined ? "" : `\`${found}\``]),
    ),
  ];
}

function keyTable(schema: Schema, without: readonly string[] = []): string {
  const required = (schema["required"] as readonly string[] | undefined) ?? [];
  const rows = Object.entries(mappingOf(schema["properties"]))
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => {
      const given = mappingOf(value);
      const fallback = required.includes(key) ? "required" : given["default"] === undefined ? "" : `\`${plain(given["default"])}\``;
      return [`\`${key}\``, typeOf(given), fallback, plain(given["description"])];
    });
  return table(["Key", "Type", "Default", "Meaning"], rows);
}

function valueTable(): string {
  const names = ["day", "duration", "size", "digest", "file", "glob", "license"];
  return table(
    ["Type", "Written"],
    names.map((name) => [name, plain(part(name)["description"])]),
  );
}

/** The type in words: `list of digest`, `deny, warn`. */
function typeOf(schema: Schema): string {
  const {
    $ref,
    type,
    enum: choices,
    const: only,
    anyOf,
    items,
  } = schema as {
    readonly $ref?: string;
    readonly type?: string;
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly anyOf?: readonly Schema[];
    readonly items?: Schema;
  };
  if ($ref !== undefined) return $ref.replace("#/$defs/", "");
  if (choices !== undefined) return choices.map((choice) => `\`${plain(choice)}\``).join(", ");
  if (only !== undefined) return `\`${plain(only)}\``;
  if (type === "array" && items !== undefined) return `list of ${typeOf(items)}`;
  if (type === "object") return "mapping";
  if (type === "string") return "text";
  return anyOf === undefined ? "" : anyOf.map(typeOf).join(" or ");
}

function part(name: string): Schema {
  return mappingOf(PARTS[name]);
}

/** A word or number of a schema as text; empty for a missing one. */
function plain(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function mappingOf(value: unknown): Schema {
  return (value ?? {}) as Schema;
}

function yaml(text: string): string {
  return ["```yaml", text.trimEnd(), "```"].join("\n");
}
