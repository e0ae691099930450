import * as v from "valibot";
import { RULE_NAMES } from "../../../policy/policy.ts";
import { described, documentFields, part, positive, sha256, text, texts, time } from "./values.ts";

// The documents of the tools for policies: `assay policy …`.

export const policySchema = described(
  v.object({
    ...documentFields("policy-schema"),
    exitCode: v.literal(0),
    document: described(v.record(text, v.unknown()), "A JSON schema (draft 2020-12)."),
  }),
  "What `assay policy schema` prints.",
);

export const policyLint = described(
  v.object({
    ...documentFields("policy-lint"),
    exitCode: described(v.picklist([0, 1]), "1 where there are findings."),
    policy: v.object({ path: described(text, "Absolute."), name: text }),
    at: part(time, "The time that waivers were compared with."),
    findings: described(
      v.array(
        v.object({
          id: described(text, "Stable; docs/policy.md lists them."),
          line: described(positive, "In the policy."),
          column: positive,
          message: text,
          advice: described(text, "What to do about it."),
        }),
      ),
      "In the order of the file.",
    ),
  }),
  "The answer of `assay policy lint`.",
);

export const policyExplain = described(
  v.object({
    ...documentFields("policy-explain"),
    exitCode: v.literal(0),
    policy: v.object({ path: described(text, "Absolute."), name: text, uri: text, description: v.nullable(text) }),
    sections: described(
      v.array(v.object({ heading: text, sentences: texts })),
      "What is denied, what always holds, each entry, every other model, waivers.",
    ),
  }),
  "A policy in sentences: the answer of `assay policy explain`.",
);

export const policyInit = described(
  v.object({
    ...documentFields("policy-init"),
    exitCode: v.literal(0),
    sector: v.picklist(["finance", "healthcare", "public", "it", "research"]),
    publishers: described(texts, "Those with an entry, by id."),
    suggested: described(texts, "Known publishers that are suggested in comments, by id."),
    policy: described(text, "YAML."),
  }),
  "A starting policy: the answer of `assay policy init`.",
);

const decision = v.picklist(["allow", "deny", "incomplete"]);
const rule = v.picklist(RULE_NAMES);
const outcome = v.nullable(v.picklist(["pass", "deny", "warn", "unknown", "waived"]));
const decidedBy = described(
  v.nullable(v.object({ rule: v.nullable(rule), scope: v.picklist(["always", "entry", "policy"]), code: text })),
  "Null for allow.",
);
const policyRead = v.object({ path: described(text, "Absolute."), name: text });

export const policyTest = described(
  v.object({
    ...documentFields("policy-test"),
    exitCode: described(v.picklist([0, 1]), "1 where a case is decided otherwise than expected."),
    policy: policyRead,
    cases: described(
      v.array(
        v.object({
          name: described(text, "Of its folder."),
          model: text,
          at: part(time, "The time that was recorded."),
          decision,
          decidedBy,
          expected: decision,
          unexpected: described(
            v.array(v.object({ rule: described(v.nullable(text), "`entry.load`; null for the decision."), expected: text, found: text })),
            "Empty where all is as expected.",
          ),
        }),
      ),
      "In the order of their names.",
    ),
    uncovered: described(
      v.object({
        entries: described(v.array(v.object({ id: text, line: positive, column: positive })), "Entries that no case matches."),
        rules: v.array(
          v.object({
            rule,
            scope: described(text, "always, or the id of the entry."),
            line: positive,
            column: positive,
            lacks: v.picklist(["a case that passes", "a case that does not pass"]),
          }),
        ),
      }),
      "What of the policy no case shows.",
    ),
  }),
  "Recorded cases decided by a policy: the answer of `assay policy test`.",
);

export const policyDiff = described(
  v.object({
    ...documentFields("policy-diff"),
    exitCode: described(v.picklist([0, 1]), "1 where a result is decided otherwise or, without results, where a key differs."),
    before: policyRead,
    after: policyRead,
    changes: described(
      v.array(
        v.object({
          path: text,
          before: described(v.nullable(text), "Null where the policy does not say."),
          after: v.nullable(text),
          strictness: described(
            v.nullable(v.picklist(["laxer", "same", "stricter", "other"])),
            "Whether the whole rule asks for less or more after the change; null for what belongs to no rule.",
          ),
        }),
      ),
      "Keys that differ in meaning.",
    ),
    results: described(
      v.array(
        v.object({
          file: text,
          model: text,
          manifestDigest: sha256,
          at: part(time, "The time that was recorded."),
          before: v.object({ decision, decidedBy }),
          after: v.object({ decision, decidedBy }),
          rules: described(
            v.array(v.object({ rule, scope: v.picklist(["always", "entry"]), before: outcome, after: outcome })),
            "Rules that come to something else; null where a policy does not ask.",
          ),
        }),
      ),
      "Recorded facts, decided by both.",
    ),
  }),
  "Two policies compared: the answer of `assay policy diff`.",
);
