import type { Rule } from "./rule.ts";

const lock = { file: "src/policy/read-lock.ts", test: "test/policy/lock.test.ts" };
const written = { file: "src/policy/write-lock.ts", test: "test/policy/lock.test.ts" };
const advisory = { file: "src/policy/advisories/read-advisory.ts", test: "test/policy/advisories/read-advisory.test.ts" };
const purl = { file: "src/policy/advisories/purl.ts", test: "test/policy/advisories/read-advisory.test.ts" };
const matched = { file: "src/policy/advisories/match-advisories.ts", test: "test/policy/advisories/match-advisories.test.ts" };
const osv = { file: "src/report/osv/advisory.ts", test: "test/report/osv/advisory.test.ts" };
const listed = { file: "src/api/list-advisories.ts", test: "test/api/read-advisories.test.ts" };
const source = { file: "src/api/read-advisories.ts", test: "test/api/read-advisories.test.ts" };

const changes = { file: "src/policy/pin-changes.ts", test: "test/policy/pin-changes.test.ts" };
const pinModel = { file: "src/policy/pin-model.ts", test: "test/policy/pin-changes.test.ts" };
const pinned = { file: "src/api/pin.ts", test: "test/check/pin.test.ts" };

/** Lock files and advisories: how they are read, and which models an advisory is about. */
export const rules: readonly Rule[] = [
  { ...lock, rule: "a lock file has no alias, anchor or tag", text: "isPlain: true", replacement: "isPlain: false" },
  {
    ...lock,
    rule: "a lock file of another version is rejected",
    text: 'version.kind !== "number" || version.text !== "1"',
    replacement: 'version.kind !== "number"',
  },
  {
    ...lock,
    rule: "an entry of a lock file says who signed, or null",
    text: 'if (value === undefined) return entry.missing("signer", "say who signed, or write signer: null");',
    replacement: "if (value === undefined) return null;",
  },
  { ...lock, rule: "a model of a lock file has a name", text: 'if (name.trim() === "") faults.add', replacement: "if (false) faults.add" },
  {
    ...lock,
    rule: "a fingerprint of a lock file is hexadecimal",
    text: "!isFingerprint || HEX.test(found)",
    replacement: "true",
  },
  {
    ...lock,
    rule: "a merge conflict in a lock file is named",
    text: "if (conflict !== undefined) throw",
    replacement: "if (false) throw",
  },
  {
    ...lock,
    rule: "a time of a day that does not exist is rejected",
    file: "src/policy/read/times.ts",
    text: "|| !new Date(time).toISOString().startsWith(seconds)",
    replacement: "",
  },
  {
    ...lock,
    rule: "every fault of a lock file is LOCK_SYNTAX",
    file: "src/policy/read/faults.ts",
    text: "this.#as ?? first.code",
    replacement: "first.code",
  },
  { ...written, rule: "a lock file is written sorted by name", text: ".toSorted(([a], [b]) => (a < b ? -1 : 1))", replacement: "" },
  {
    ...written,
    rule: "a text of a lock file that YAML would read otherwise is quoted",
    text: "(PLAIN.test(text) && !OTHER.test(text))",
    replacement: "true",
  },
  {
    ...advisory,
    rule: "an advisory of another version of OSV is rejected",
    text: "version !== undefined && !/^1",
    replacement: "false && version !== undefined && !/^1",
  },
  { ...advisory, rule: "a withdrawal is a time", text: "if (withdrawn !== undefined) timeOf(withdrawn);", replacement: "" },
  { ...advisory, rule: "an advisory has a time", text: 'timeOf(root.require("modified"));', replacement: "" },
  { ...advisory, rule: "the digest of an advisory is SHA-256", text: "DIGEST.test(text) ? text", replacement: "true ? text" },
  {
    ...advisory,
    rule: "a range of an advisory has a beginning",
    text: 'if (!events.some((event) => event.some(([key]) => key === "introduced")))',
    replacement: "if (false)",
  },
  {
    ...advisory,
    rule: "a package URL that cannot be read is not passed over",
    text: ' ?? node.fail(`"${node.path}" is not a package URL`)',
    replacement: "",
  },
  {
    ...purl,
    rule: "a package URL is decoded",
    text: "return parts.map(decodeURIComponent);",
    replacement: "return [...parts];",
  },
  {
    ...purl,
    rule: "a package of another server is another package",
    text: " && a.repositoryUrl === b.repositoryUrl",
    replacement: "",
    test: matched.test,
  },
  {
    ...purl,
    rule: "a package of another owner is another package",
    text: " && a.namespace === b.namespace",
    replacement: "",
    test: matched.test,
  },
  { ...matched, rule: "an advisory that was withdrawn is about no model", text: "if (isWithdrawn) continue;", replacement: "" },
  {
    ...matched,
    rule: "an advisory finds a model by the digest of one file",
    text: " || files.some((digest) => model.fileDigests.has(digest))",
    replacement: "",
  },
  {
    ...matched,
    rule: "a range of an advisory that cannot be told is undecided",
    text: "return ranges.length > 0 || answers.has(undefined) ? undefined : false;",
    replacement: "return answers.has(undefined) ? undefined : false;",
  },
  {
    ...matched,
    rule: "an advisory for a revision is undecided where the revision is not known",
    text: "revision === undefined ? undefined : isRevision",
    replacement: "revision === undefined ? false : isRevision",
  },
  {
    ...matched,
    rule: "whether a tag names a commit is undecided",
    text: "isCommit === isOtherCommit ? false : undefined",
    replacement: "false",
  },
  {
    ...listed,
    rule: "a link out of a folder of advisories is not followed",
    text: "const isInside = target.startsWith(this.#folder + sep) || target === this.#folder;",
    replacement: "const isInside = true;",
  },
  {
    ...listed,
    rule: "advisories are nested 10 levels deep at most",
    text: "if (depth > MAX_DEPTH) return",
    replacement: "if (false) return",
  },
  {
    ...source,
    rule: "a source without an advisory has a problem",
    text: "if (advisories.length === 0 && problems.length === 0)",
    replacement: "if (false)",
  },
  {
    ...source,
    rule: "a source of advisories that the caller names exists",
    text: "if (found.isAbsent && !mayBeAbsent) throw",
    replacement: "if (false) throw",
  },
  {
    ...source,
    rule: "an advisory that cannot be read is a problem of its source",
    text: "problems.push(error.message);",
    replacement: "",
  },
  {
    ...osv,
    rule: "an advisory that is written is about files with a finding alone",
    text: "files.flatMap(({ file }) => digests.get(file) ?? [])",
    replacement: "[...digests.values()].flatMap((digest) => digest ?? [])",
  },
  {
    ...osv,
    rule: "an advisory that is written names a package with its commit alone",
    text: "published === undefined || revision === undefined || !COMMIT.test(revision)",
    replacement: "published === undefined || revision === undefined",
  },
  { ...osv, rule: "an advisory never names an empty file", text: ".filter(({ size }) => size > 0)", replacement: "" },
  {
    ...osv,
    rule: "an advisory is written of a finding",
    text: 'if (first === undefined || outcome === "data-only") {',
    replacement: 'if (outcome === "data-only" || first === undefined) {\n    if (first === undefined) return [] as never;',
  },
  { ...osv, rule: "the id of an advisory is one's own", text: "id !== undefined && !OWN_ID.test(id)", replacement: "false" },
  { ...osv, rule: "names in an advisory are no markup", text: "return `- ${plainText(file)}", replacement: "return `- ${file}" },
  {
    ...changes,
    rule: "other bytes under the pinned commit are named",
    text: "if (isReplaced(before, now)) {",
    replacement: "if (false) {",
  },
  { ...changes, rule: "a branch may move", text: "FIXED_REVISION.test(revision) && ", replacement: "" },
  {
    ...changes,
    rule: "a version that was signed before the pinned one is an older one",
    text: "return Date.parse(now.signedAt) < Date.parse(before.signedAt);",
    replacement: "return false;",
  },
  {
    ...changes,
    rule: "a version without a proven time may be an older one",
    text: "before.manifest === now.manifest || before.signedAt === undefined || now.signedAt !== undefined",
    replacement: "true",
  },
  {
    ...changes,
    rule: "a model that lost its signer is looked at",
    text: "if (now === null) {",
    replacement: "if (now === null) return undefined;\n  if (now === null) {",
  },
  {
    ...changes,
    rule: "another signer is looked at",
    text: "if (isSameSigner(before, now)) return undefined;",
    replacement: "return undefined;",
  },
  {
    ...pinModel,
    rule: "a pin satisfies the rule that requires it",
    text: "decide({ ...facts, lock: { lock: { models: new Map([[name, entry]]) } } },",
    replacement: "decide(facts,",
  },
  {
    ...pinModel,
    rule: "a pin names a signer whom the policy trusts",
    text: "signer: signed?.signer ?? null,",
    replacement: 'signer: ("entry" in facts.signature ? facts.signature.entry[0]?.signer : null) ?? null,',
  },
  {
    ...pinned,
    rule: "what the policy does not allow is not pinned without force",
    text: 'decision.decision !== "allow" ? "decision"',
    replacement: 'decision.decision === "incomplete" ? "decision"',
  },
  {
    ...pinned,
    rule: "a suspicious change is not pinned without force",
    text: "changes.some(({ isSuspicious }) => isSuspicious) ?",
    replacement: "false ?",
  },
  {
    ...pinned,
    rule: "all models are pinned, or none",
    text: "!force && pinned.some(({ refused })",
    replacement: "!force && pinned.every(({ refused })",
  },
  {
    ...pinned,
    rule: "a model that could not be read is never pinned",
    text: "&& !isRefused && pinned.every(({ entry }) => entry !== undefined)",
    replacement: "&& !isRefused",
  },
  { ...pinned, rule: "a lock file has one entry for each name", text: "if (seen.has(name)) throw", replacement: "if (false) throw" },
  {
    ...pinned,
    rule: "a lock file is read back before it is put in place",
    text: "if (!(await isReadAs(written, lock)))",
    replacement: "if (false)",
  },
  {
    ...pinned,
    rule: "the entry of another process is not lost",
    text: "if (!isDeepStrictEqual(now && Buffer.from(now), before && Buffer.from(before))) {",
    replacement: "if (false) {",
  },
  {
    ...pinned,
    rule: "a lock file that is compared is not written",
    text: "if (isWritten) {",
    replacement: "if (isChanged && !isRefused) {",
  },
  { ...pinned, rule: "comments that are lost are said", text: "if (hasComments(text)) warnings", replacement: "if (false) warnings" },
  {
    ...pinned,
    rule: "a pin that would say the same stays",
    text: "entry: isSame ? before : entry",
    replacement: "entry",
  },
  {
    ...changes,
    rule: "the rule pin names bytes that were replaced under a commit",
    file: "src/policy/evaluate/pin.ts",
    text: "isReplaced(pinned, now) ?",
    replacement: "false ?",
  },
];
