import type { Rule } from "./rule.ts";

const walk = { file: "src/source/directory-walk.ts", test: "test/source/walk.test.ts" };
const comparable = { file: "src/source/comparable.ts", test: "test/source/links.test.ts" };
const signable = { file: "src/source/signable.ts", test: "test/source/links.test.ts" };
const links = { file: "src/source/links.ts", test: "test/source/links.test.ts" };
const shared = { file: "src/source/shared-rules.ts", test: "test/source/ignore-rules.test.ts" };
const ignore = { file: "src/source/ignore-rules.ts", test: "test/source/ignore-rules.test.ts" };
const compare = { file: "src/comparison/compare.ts", test: "test/comparison/compare.test.ts" };

/** What a model's folder may hold, what is left out of it, and how it is compared with what was signed. */
export const rules: readonly Rule[] = [
  {
    ...walk,
    rule: "a pipe, socket or device in a model is an error",
    text: "else throw notRegular(name, stats);\n    } catch",
    replacement: "} catch",
  },
  {
    file: "src/source/file-reader.ts",
    test: "test/source/open-model.test.ts",
    rule: "what probes read of a file is what the walk saw",
    text: "STATE.every((field) => now[field] === file[field])",
    replacement: "STATE.length > 0",
  },
  {
    file: "src/source/open-model.ts",
    test: "test/source/open-model.test.ts",
    rule: "a model is walked once for one question",
    text: "if (isWalked) throw",
    replacement: "if (false) throw",
  },
  {
    ...comparable,
    rule: "a link is an error where links are not allowed",
    text: "if (leadsToListed || !ignoreUnsignedFiles) problems",
    replacement: "if (leadsToListed) problems",
  },
  {
    ...signable,
    rule: "a link is not signed where links are not allowed",
    text: "for (const { name } of inventory.unfollowedLinks) problems.add(name, linkNotAllowed(name));",
    replacement: "",
  },
  {
    ...walk,
    rule: "links in a loop are an error",
    text: "if (above.path === path) throw",
    replacement: "if (false) throw",
    test: "test/source/links.test.ts",
  },
  {
    ...signable,
    test: "test/source/walk.test.ts",
    rule: "a name that is not UTF-8 is not signed",
    text: "for (const name of inventory.undecodableNames) problems.add(name, nameNotUtf8(name));",
    replacement: "",
  },
  {
    ...walk,
    rule: "a listed file is compared whatever hides it",
    text: "if (isCovered(this.#options.rules, name)) await",
    replacement: "if (false) await",
    test: "test/comparison/compare-changes.test.ts",
  },
  {
    ...walk,
    rule: "a rule covers what is below its path, by whole components",
    text: "if (rules.has(name.slice(0, end))) return true;",
    replacement: "",
    test: "test/comparison/compare-changes.test.ts",
  },
  {
    ...walk,
    rule: "what makes an answer impossible is kept to the end of the walk",
    text: "    problems.add(name, thrown);",
    replacement: "",
  },
  {
    ...links,
    rule: "only the caller allows a link to a place outside the model",
    text: 'if (this.permission !== "caller") {',
    replacement: "if (false) {",
  },
  {
    ...links,
    rule: "a link to a place outside the model is a warning",
    text: "if (this.#outside === 0) return [];",
    replacement: "return [];",
  },
  { ...links, rule: "a dangling link is told from one in a loop", text: '"LINK_DANGLING"', replacement: '"LINK_LOOP"' },
  {
    ...ignore,
    rule: "an ignore path outside of the model covers nothing, with a warning",
    text: "else warnings.push(voidPath(`the ignore path",
    replacement: "else if (false) warnings.push(voidPath(`the ignore path",
  },
  {
    ...shared,
    rule: "a signed ignore path that is not canonical covers nothing",
    text: 'component !== "" && component !== "." && component !== ".."',
    replacement: 'component !== ""',
  },
  {
    ...shared,
    rule: "git's files are left out by default",
    text: 'if (ignoreGitPaths) for (const name of GIT_PATHS) reasons.set(name, "git-default");',
    replacement: "",
  },
  {
    ...shared,
    rule: "one slash at the end of a signed ignore path is dropped",
    text: 'entry.endsWith("/") ? entry.slice(0, -1) : entry',
    replacement: "entry",
  },
  {
    ...compare,
    rule: "a file that was not signed is a difference",
    test: "test/comparison/compare-changes.test.ts",
    text: "if (rules.ignoreUnsignedFiles !== true) {",
    replacement: "if (false) {",
  },
  {
    ...compare,
    file: "src/comparison/compare-digests.ts",
    rule: "a changed file is a difference",
    test: "test/comparison/compare-changes.test.ts",
    text: "else if (difference !== undefined) changed.push(difference);",
    replacement: "",
  },
  {
    ...compare,
    rule: "a missing file is a difference",
    test: "test/comparison/compare-changes.test.ts",
    text: "const differences: Difference[] = [...observed.changed, ...missing];",
    replacement: 'const differences: Difference[] = [...observed.changed, ...missing.filter(({ kind }) => kind !== "missing")];',
  },
  {
    ...compare,
    rule: "a renamed file is a difference",
    test: "test/comparison/compare-changes.test.ts",
    text: "const differences: Difference[] = [...observed.changed, ...missing];",
    replacement: 'const differences: Difference[] = [...observed.changed, ...missing.filter(({ kind }) => kind !== "renamed")];',
  },
  {
    ...compare,
    file: "src/verdict/conclude.ts",
    rule: "a model without a difference has every signed file",
    test: "test/comparison/compare-changes.test.ts",
    text: "differences.length > 0 || matchedFiles !== manifest.files.size || isShort",
    replacement: "isShort",
  },
  {
    ...compare,
    file: "src/comparison/pair-files.ts",
    rule: "a signed file and a folder at hand do not match",
    test: "test/comparison/compare-shards.test.ts",
    text: 'if (kind === "directory" && files.has(SINGLE_FILE)) {',
    replacement: "if (false) {",
  },
  {
    ...compare,
    file: "src/comparison/pair-files.ts",
    rule: "a signed folder and a file at hand do not match",
    test: "test/comparison/compare-shards.test.ts",
    text: 'if (kind === "file" && (others.length > 0 || name.includes("/"))) {',
    replacement: "if (false) {",
  },
  {
    ...compare,
    rule: "another name than the signed one is a warning",
    text: 'if (format !== "oms-1.0" || modelName === inventory.modelName) return [];',
    replacement: "return [];",
  },
  {
    ...compare,
    rule: "unsigned files are listed where they are tolerated",
    text: "unsigned: rules.ignoreUnsignedFiles === true ? sortByName(unsigned.map(({ name, size }) => ({ name, size }))) : [],",
    replacement: "unsigned: [],",
  },
  {
    file: "src/signing/check-own-signature.ts",
    test: "test/signing/check-own-signature.test.ts",
    rule: "a signature of our own is verified before success is reported",
    text: "const { algorithm } = await verifyEnvelopeSignature(bundle.envelope, parsePublicKey(leaf.spki));",
    replacement: 'const algorithm = "ed25519" as const;',
  },
  {
    file: "src/api/seal-statement.ts",
    test: "test/signing/check-own-signature.test.ts",
    rule: "the statement that was just signed is read back",
    text: "const content = await readBack(bundle.envelope.payload);",
    replacement: "const content = await readBack(bundle.envelope.payload).catch(() => ({}) as Content);",
  },
];
