import type { Rule } from "./rule.ts";

const entry = { file: "src/source/signature-entry.ts", test: "test/source/walk.test.ts" };
const find = { file: "src/source/find-signature.ts", test: "test/source/find-signature.test.ts" };
const aside = { file: "src/source/signature-aside.ts", test: "test/source/signature-aside.test.ts" };
const names = { file: "src/source/signature-names.ts", test: "test/source/find-signature.test.ts" };
const shared = { file: "src/source/shared-rules.ts", test: "test/source/ignore-rules.test.ts" };
const leftOut = { file: "src/source/left-out.ts", test: "test/source/ignore-rules.test.ts" };
const conclude = { file: "src/verdict/conclude.ts", test: "test/api/verify.test.ts" };
const diff = { file: "src/api/diff.ts", test: "test/source/signature-aside.test.ts" };
const cache = { file: "src/source/hub-cache.ts", test: "test/source/hub-cache.test.ts" };
const links = { file: "src/source/links.ts", test: "test/source/hub-cache.test.ts" };
const pointer = { file: "src/source/lfs-pointer.ts", test: "test/api/lfs-pointers.test.ts" };

/** What counts as part of a model, what is left out, and what is said of it. */
export const rules: readonly Rule[] = [
  // The signature: one directory entry.
  {
    ...entry,
    rule: "a signature in the model that is a link, or behind one, is refused",
    text: 'if (refuseLinks(place.root, name) === "own link") return name;',
    replacement: "return name;",
  },
  {
    ...entry,
    rule: "a link from outside to a file in the model is refused as the signature",
    text: "if (hidden === undefined) return undefined;",
    replacement: "return undefined;",
  },
  {
    ...entry,
    rule: "a model is not its own signature",
    text: "throw sameFile(place);",
    replacement: "return undefined;",
  },
  {
    ...entry,
    rule: "only the own link of a Hugging Face cache may be the signature",
    text: "hubCacheOf(root)?.owns(path) === true",
    replacement: "isEntry",
  },
  {
    file: "src/api/read-signature.ts",
    rule: "verify refuses a linked signature before it reads it",
    text: "  signatureEntry(place, path);\n",
    replacement: "",
    test: "test/api/verify.test.ts",
  },
  {
    ...find,
    rule: "a link with a signature's name in the model is not found as the signature",
    text: "isLinked: hubCacheOf(root)?.owns(join(root, name)) !== true",
    replacement: "isLinked: false",
  },
  {
    ...find,
    rule: "a signature behind a linked folder is not found",
    text: "lstatOf(dirname(path))?.isSymbolicLink() === true",
    replacement: "false",
  },
  {
    ...find,
    rule: "several signatures in the model are an error",
    text: "if (others.length > 0) throw ambiguous(folder, bundles);",
    replacement: "",
  },
  {
    ...find,
    rule: "the signature in the model comes before the one in the current directory",
    text: "const here = isSameFolder(cwd, folder) ? undefined : signatureIn(cwd);\n",
    replacement:
      "const here = isSameFolder(cwd, folder) ? undefined : signatureIn(cwd);\n  if (here !== undefined) return { path: here, passedOver: undefined };\n",
  },
  {
    ...find,
    rule: "what is not a bundle does not count among several",
    text: "files.filter(({ path }) => isBundle(path))",
    replacement: "files",
  },
  {
    ...names,
    rule: "a bundle about something else than a model is not a signature",
    text: "payloadType === PAYLOAD_TYPE && isModelStatement(payload)",
    replacement: "payloadType === PAYLOAD_TYPE && payload.length > 0",
  },
  {
    ...aside,
    rule: "digest, diff and openness leave out nothing of several signatures",
    text: "if (others.length === 0) return",
    replacement: "if (only !== undefined) return",
  },
  {
    ...aside,
    rule: "a named file that is not a signature is not left out",
    text: "if (seen !== undefined) return",
    replacement: "if (path !== undefined) return",
  },
  {
    ...aside,
    rule: "the signature that is left out is told",
    text: "return signature.length === 0 ? leftOut : sortByName([...leftOut, ...signature]);",
    replacement: "return leftOut;",
  },
  {
    ...aside,
    rule: "signing tells an older signature in the model",
    text: "files\n      .filter(isOlder)",
    replacement: "files\n      .slice(0, 0)",
    test: "test/api/verify.test.ts",
  },
  {
    file: "src/api/other-signatures.ts",
    test: "test/api/verify.test.ts",
    rule: "verify tells another signature in the model",
    text: "...files.filter(isOther).map((name) =>",
    replacement: "...files.slice(0, 0).map((name) =>",
  },
  {
    file: "src/api/read-signature.ts",
    test: "test/api/verify.test.ts",
    rule: "verify says which signature it took where there are two",
    text: "passedOver === undefined ? [] : ",
    replacement: 'passedOver !== "" ? [] : ',
  },

  // What is left out counts.
  {
    ...leftOut,
    rule: "a link that is left out counts at least one",
    text: "if (stats === undefined || stats.isSymbolicLink()) return AT_LEAST_ONE;",
    replacement: "if (stats === undefined || stats.isSymbolicLink()) return { fileCount: 0, bytes: 0, atLeast: false };",
  },
  {
    ...leftOut,
    rule: "a pipe that is left out counts one",
    text: "return { fileCount: 1, bytes: stats.isFile() ? Number(stats.size) : 0, atLeast: false };",
    replacement: "return { fileCount: stats.isFile() ? 1 : 0, bytes: stats.isFile() ? Number(stats.size) : 0, atLeast: false };",
  },
  {
    ...leftOut,
    rule: "a folder that cannot be listed counts one",
    text: "        // What is left out need not be readable: the folder itself still counts.\n        add(AT_LEAST_ONE);\n",
    replacement: "",
  },
  {
    ...leftOut,
    rule: "the signature in a folder that is left out does not count",
    text: ' && this.#rules.get(below.name) !== "signature"',
    replacement: "",
  },
  {
    ...conclude,
    rule: "what is not covered fails where all must be covered",
    text: "differences.length > 0 || matchedFiles !== manifest.files.size || isShort",
    replacement: "differences.length > 0 || matchedFiles !== manifest.files.size",
  },
  {
    ...conclude,
    rule: "unsigned files that are tolerated fail where all must be covered",
    text: "notCovered.length + unsigned.length > 0",
    replacement: "notCovered.length > 0",
  },
  {
    ...shared,
    rule: "the caller's word on git's files wins over the signer's list",
    text: "if (name !== undefined && !ignoreGitPaths && isGitPath(name)) continue;",
    replacement: "",
  },
  {
    ...shared,
    rule: "the caller's word on git's files covers what is below them",
    text: "name === path || name.startsWith(`${path}/`)",
    replacement: "name === path",
  },
  {
    ...diff,
    rule: "diff is not the same over what it left out",
    text: "&& shownA.notCovered.length + shownB.notCovered.length === 0,",
    replacement: ",",
  },
  {
    ...diff,
    file: "src/api/diff-side.ts",
    rule: "diff is not the same over files whose names it cannot compare",
    text: "...inventory.undecodable.map(undecodable)",
    replacement: "...inventory.undecodable.slice(0, 0).map(undecodable)",
  },
  {
    ...diff,
    file: "src/api/diff-side.ts",
    rule: "diff counts a signature as compared only where it is the same file on both sides",
    text: "Buffer.compare(here, there) === 0",
    replacement: "name !== path",
  },

  // Pins.
  {
    file: "src/verdict/check-pin.ts",
    test: "test/api/verify.test.ts",
    rule: "another digest than the pin fails",
    text: 'throw new AssayError("DIGEST_PIN_MISMATCH"',
    replacement: 'if (hex !== "") return [];\n  throw new AssayError("DIGEST_PIN_MISMATCH"',
  },
  {
    file: "src/verdict/check-pin.ts",
    test: "test/api/verify.test.ts",
    rule: "a root digest as pin is warned of",
    text: "if (pin === manifestDigest) return [];",
    replacement: "if (pin === manifestDigest || pin === rootDigest) return [];",
  },

  // Links.
  {
    file: "src/source/comparable.ts",
    test: "test/source/links.test.ts",
    rule: "a listed file at or below a link is an error where links are not allowed",
    text: "if (leadsToListed || !ignoreUnsignedFiles) problems",
    replacement: "if (!ignoreUnsignedFiles) problems",
  },
  {
    ...links,
    rule: "a link other than the cache's own needs permission",
    text: "if (this.permission === undefined && !isOwn) throw linkNotAllowed(name);",
    replacement: "",
    test: "test/source/ignore-rules.test.ts",
  },
  {
    ...links,
    rule: "the own links of a Hugging Face cache are not reported as pointing outside the model",
    text: "if (isOwn) return target;",
    replacement: "",
  },
  {
    ...cache,
    rule: "only a folder of the cache's shape is a snapshot",
    text: 'if (components[at] !== "snapshots" || !REPOSITORY.test(components[at - 1] ?? "")) continue;',
    replacement: "",
  },
  {
    ...cache,
    rule: "a cache's own link leads straight into blobs of its repository",
    text: 'if (realpathSync.native(dirname(blob)) !== join(repository, "blobs")) return false;',
    replacement: "",
  },
  {
    ...cache,
    rule: "the second hop leads to a shared blob",
    text: "(stats.isSymbolicLink() && leadsToSharedBlob(blob, dirname(repository)))",
    replacement: "stats.isSymbolicLink()",
  },
  {
    ...cache,
    rule: "a shared blob is in the folder that its hash names",
    text: "realpathSync.native(dirname(shared)) === folder",
    replacement: "folder !== shared",
  },

  {
    rule: "no signature records the own links of a Hugging Face cache",
    file: "src/api/describe-model.ts",
    text: "options.allowSymlinks === true && !hasOwnLinksOnly(inventory)",
    replacement: "options.allowSymlinks === true",
    test: "test/source/hub-cache.test.ts",
  },
  {
    rule: "a repository in a Hugging Face cache is not a model",
    file: "src/source/model-place.ts",
    text: "if (snapshots.length > 0) throw notASnapshot(given, snapshots);",
    replacement: "",
    test: "test/source/hub-cache.test.ts",
  },

  // Git-LFS pointers.
  {
    ...pointer,
    rule: "the version of a pointer is a known one",
    text: "if (!VERSION.test(version)) return undefined;",
    replacement: "",
  },
  {
    ...pointer,
    rule: "a pointer has no line besides its version, extensions, oid and size",
    text: " || others.length > 0 ? undefined",
    replacement: " ? undefined",
  },
  {
    ...pointer,
    rule: "a pointer has an oid and a size",
    text: "oid === undefined || size === undefined ||",
    replacement: "oid === undefined ||",
  },
  {
    ...pointer,
    rule: "a file of 1024 bytes is not a pointer",
    text: "if (bytes.length >= MAX_POINTER_BYTES || bytes.length < BEGINNING.length) return false;",
    replacement: "if (bytes.length < BEGINNING.length) return false;",
  },
  {
    file: "src/api/describe-model.ts",
    rule: "signing refuses git-LFS pointers",
    text: "    refusePointers(await model.readPointers(hashed.mayBePointers));\n",
    replacement: "",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    rule: "hashing marks what begins like a pointer",
    file: "src/hashing/hash-piece.ts",
    text: "if (beginsLikePointer(bytes)) this.#list.pointerLike[file] = 1;",
    replacement: "",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    rule: "small files that hashing did not read whole may be pointers too",
    file: "src/hashing/hash.ts",
    text: "...smallAndUnread(requests, known, serialization)",
    replacement: "...smallAndUnread([], known, serialization)",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    file: "src/verdict/conclude.ts",
    rule: "a file that really differs is a no beside pointers",
    text: 'if (differences.length > notDownloaded.length) return record.failed(new AssayError("MODEL_MISMATCH", MISMATCH), comparison);',
    replacement: "",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    file: "src/comparison/not-downloaded.ts",
    rule: "a pointer's oid is compared with the signed digest",
    text: "isSigned: isComparable ? signed.digests[0] === pointer.oid : undefined",
    replacement: "isSigned: isComparable ? true : undefined",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    file: "src/comparison/not-downloaded.ts",
    rule: "digests of pieces are not compared with a pointer's oid",
    text: "(signed.digests.length === 1 && pointer.size <= serialization.shardSize)",
    replacement: "true",
    test: "test/api/lfs-pointers.test.ts",
  },
  {
    file: "src/cli/commands/diff/report.ts",
    test: "test/cli/not-covered.test.ts",
    rule: "diff never says of files that it could not compare that they are the same or different",
    text: "countFiles(left) + diff.notComparable.length",
    replacement: "countFiles(left)",
  },
  {
    file: "src/report/json/diff.ts",
    test: "test/cli/not-covered.test.ts",
    rule: "diff over files that could not be compared ends with 3",
    text: "diff.differences.length > 0 ? 1 : 3",
    replacement: "1",
  },
  {
    file: "src/verdict/verify-listed.ts",
    test: "test/verdict/verify-listed.test.ts",
    rule: "what is missing from a list that leaves out links is neither a yes nor a no",
    text: "if (leavesOutLinks && differences.length > 0 && differences.every(mayBeLink)) {",
    replacement: "if (false) {",
  },
  {
    file: "src/verdict/verify-listed.ts",
    test: "test/verdict/verify-listed.test.ts",
    rule: "a list that leaves out links hides no file that differs",
    text: "differences.every(mayBeLink)",
    replacement: "differences.some(mayBeLink)",
  },
];
