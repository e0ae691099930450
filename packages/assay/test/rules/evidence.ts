import type { Rule } from "./rule.ts";

const read = { file: "src/statement/evidence/read.ts", test: "test/statement/evidence/read.test.ts" };
const written = { file: "src/api/evidence/write-evidence.ts", test: "test/check/evidence.test.ts" };
const verified = { file: "src/api/evidence/verify-evidence.ts", test: "test/check/verify-evidence.test.ts" };
const proven = { file: "src/verdict/prove-evidence.ts", test: "test/check/verify-evidence.test.ts" };
const expected = { file: "src/statement/evidence/expected.ts", test: "test/statement/evidence/expected.test.ts" };
const command = { test: "test/check/evidence.test.ts" };
const statements = { file: "src/report/evidence/statement.ts", test: "test/report/evidence/statements.test.ts" };
const bills = { test: "test/report/evidence/bills-of-materials.test.ts" };
const ordered = { file: "src/report/in-order.ts", test: "test/report/evidence/same-bytes.test.ts" };

/** Evidence of a check: what it says, how it is written, read and verified. */
export const rules: readonly Rule[] = [
  {
    ...read,
    rule: "evidence has one subject",
    text: "if (subject === undefined || second !== undefined) {\n    const found",
    replacement: "if (subject === undefined) {\n    const found",
  },
  {
    ...read,
    rule: "the result of evidence agrees with its decision",
    text: 'if ((fields.result === "PASSED") !== (fields.decision === "allow")) {',
    replacement: "if (false) {",
  },
  {
    ...read,
    rule: "the levels of a verification summary agree with its result",
    text: "if (found.length !== 1 || found[0] !== expected) levels.fail(",
    replacement: "if (false) levels.fail(",
  },
  {
    ...read,
    rule: "a simple verification result names one policy",
    text: "if (policy === undefined || second !== undefined) return policies.fail(",
    replacement: "if (policy === undefined) return policies.fail(",
  },
  {
    ...read,
    rule: "evidence of another version of statement is rejected",
    text: "if (type !== STATEMENT_TYPE) root.fail(",
    replacement: "if (false) root.fail(",
  },
  {
    ...read,
    rule: "evidence of a day that does not exist is rejected",
    text: "&& time.toISOString().startsWith(written.slice(0, 10))",
    replacement: "",
  },
  {
    ...statements,
    rule: "evidence says PASSED for allow alone",
    text: 'const isAllowed = check.decision.decision === "allow";',
    replacement: 'const isAllowed = check.decision.decision !== "deny";',
  },
  {
    ...statements,
    rule: "a simple verification result lists a rule only where it passes",
    text: 'rules.every((other) => other.rule !== rule || other.outcome === "pass")',
    replacement: "rule === rule",
  },
  {
    ...statements,
    rule: "evidence says that its time was chosen",
    text: "...(isTimeChosen ? { [EVIDENCE_FIELDS.at]: at } : {}),",
    replacement: "",
  },
  {
    rule: "evidence names no model by a reference to a file",
    file: "src/report/evidence/question.ts",
    text: 'if (!isReferenceGiven || reference.reference.startsWith("file:")) return manifestUrn',
    replacement: "if (!isReferenceGiven) return manifestUrn",
    test: statements.test,
  },
  {
    rule: "evidence without local names calls a model by its digest",
    file: "src/report/evidence/question.ts",
    text: "return isReferenceGiven || !redact ? reference.name",
    replacement: "return isReferenceGiven || redact ? reference.name",
    ...command,
  },
  {
    rule: "SARIF without local names has no path",
    file: "src/report/sarif/sarif.ts",
    text: "redact ? { description: MODEL_FOLDER }",
    replacement: "false ? { description: MODEL_FOLDER }",
    ...command,
  },
  {
    ...bills,
    rule: "an AIPackage has a supplier and a time of release",
    file: "src/report/spdx/ai-package.ts",
    text: 'if (producer.trim() === "" || !/^',
    replacement: "if (false && !/^",
  },
  {
    ...bills,
    rule: "an AIPackage has a version",
    file: "src/report/spdx/ai-package.ts",
    text: "const packageVersion = isReferenceGiven ? reference.revision : undefined;",
    replacement: 'const packageVersion = reference.revision ?? "1";',
  },
  {
    ...bills,
    rule: "a license text that is not recognized counts before what a card says",
    file: "src/report/evidence/license.ts",
    text: "if (hasUnknownText) return undefined;",
    replacement: "",
  },
  {
    ...bills,
    rule: "only a listed license is written by its id",
    file: "src/report/evidence/license.ts",
    text: "return catalog.exact(id)?.isSpdx === true;",
    replacement: "return true;",
  },
  {
    ...bills,
    rule: "what a card claims is said to be claimed",
    file: "src/report/cyclonedx/cyclonedx.ts",
    text: '["assay:claimedByCard", claimed === "" ? undefined : claimed],',
    replacement: "",
  },
  {
    ...ordered,
    rule: "evidence lists files in one order",
    text: "sortedBy(risk.files, ({ file }) => [file]).map(",
    replacement: "[...risk.files].map(",
  },
  {
    ...ordered,
    rule: "evidence lists findings in one order",
    text: "sortedBy(file.findings, findingKey)",
    replacement: "[...file.findings]",
  },
  {
    ...ordered,
    rule: "evidence lists advisories in one order",
    text: "hits: sortedBy(advisories.hits, ({ id, summary }) => [id, summary]),",
    replacement: "hits: advisories.hits,",
  },
  {
    ...written,
    rule: "evidence is not written into the model",
    text: "if (isWithin(real, realLocation(",
    replacement: "if (false && isWithin(real, realLocation(",
  },
  {
    ...written,
    rule: "a link to the model is the model",
    text: "const real = realLocation(path);",
    replacement: "const real = path;",
  },
  {
    ...written,
    rule: "unsigned evidence is not put beside signed evidence",
    text: "if (first !== undefined && !force) {",
    replacement: "if (false) {",
  },
  {
    ...written,
    rule: "evidence of the other kind is removed where it is replaced",
    text: "for (const path of others) unlinkSync(path);",
    replacement: "",
  },
  {
    ...command,
    rule: "only evidence is replaced by evidence",
    file: "src/report/evidence/own-files.ts",
    text: "if (isOwn === undefined) return false;\n  try {",
    replacement: "if (isOwn === undefined) return false;\n  if (isOwn !== undefined) return true;\n  try {",
  },
  {
    ...proven,
    rule: "an unsigned statement is never a yes",
    text: "if (isEvidenceStatement(bytes)) {",
    replacement: "if (trust === undefined && isEvidenceStatement(bytes)) {",
  },
  {
    ...verified,
    rule: "evidence is compared with the model that is named",
    text: "requireModel(evidence, digested.manifestDigest);",
    replacement: "",
  },
  {
    ...verified,
    rule: "a no comes before evidence that is too old",
    text: "  const { model, signature, maxAge,",
    replacement: "  requireAge(evidence, question.maxAge, now);\n  const { model, signature, maxAge,",
  },
  {
    ...verified,
    rule: "a policy that is expected is expected with the files that it names",
    text: "return { digest: ofPolicy, files: files.map((file) => file.digest) };",
    replacement: "return { digest: ofPolicy, files: undefined };",
  },
  {
    rule: "the encoding of the reference 0.2.0 signs no evidence",
    file: read.file,
    text: "if (envelope.historical) {",
    replacement: "if (false) {",
    test: verified.test,
  },
  {
    ...expected,
    rule: "evidence is of the expected verifier",
    text: "if (evidence.verifierId !== verifierId) {",
    replacement: "if (false) {",
  },
  {
    ...expected,
    rule: "evidence is about the expected resource",
    text: "evidence.resourceUri !== resourceUri) {",
    replacement: "evidence.resourceUri === undefined) {",
  },
  { ...expected, rule: "evidence is of the expected policy", text: "if (found.digest !== digest) {", replacement: "if (false) {" },
  { ...expected, rule: "evidence that says FAILED is a no", text: 'if (evidence.result === "PASSED") return;', replacement: "return;" },
  { ...expected, rule: "evidence that is too old could not be told", text: "age <= maxAge) return;", replacement: "age >= 0) return;" },
  { ...expected, rule: "evidence of a time to come could not be told", text: "if (age < -MAX_SKEW_MS) {", replacement: "if (false) {" },
  {
    rule: "signers of evidence are of one method",
    file: "src/cli/commands/verify-evidence/run.ts",
    text: "if (second !== undefined) {",
    replacement: "if (false) {",
    test: verified.test,
  },
  {
    ...command,
    rule: "options of a signer of evidence need a method",
    file: "src/cli/commands/check/sign-method.ts",
    text: "if (first === undefined) return undefined;",
    replacement: "return undefined;",
  },
  {
    ...command,
    rule: "the options of --sign are those of the method",
    file: "src/cli/commands/check/sign-method.ts",
    text: "if (foreign !== undefined) throw",
    replacement: "if (false) throw",
  },
  {
    rule: "a token that is about to expire signs no further statement",
    file: "src/oidc/one-log-in.ts",
    text: "last === undefined || last.expires.getTime() - now().getTime() < MIN_LEFT_MS",
    replacement: "last === undefined",
    test: "test/oidc/one-log-in.test.ts",
  },
];
