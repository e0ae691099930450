import type { Rule } from "./rule.ts";

const test = "test/scan/pickle.test.ts";
const MACHINE = "src/formats/pickle/machine.ts";
const EXECUTE = "src/formats/pickle/execute.ts";
const TEXT = "src/formats/pickle/text-opcodes.ts";
const ARGUMENTS = "src/formats/pickle/text-arguments.ts";
const CALLS = "src/formats/pickle/calls.ts";
const BUILD = "src/formats/pickle/build.ts";
const NUMPY = "src/formats/pickle/numpy-values.ts";
const WALK = "src/formats/pickle/walk.ts";
const LEGACY = "src/formats/torch/legacy.ts";
const NPY = "src/formats/numpy/npy.ts";
const LITERAL = "src/formats/numpy/literal.ts";

function rule(rule: string, file: string, text: string, replacement: string): Rule {
  return { rule, file, text, replacement, test };
}

/** What keeps a call out of a pickle that is called data only. */
export const rules: readonly Rule[] = [
  rule(
    "a global of a pickle is looked up by both of its names",
    "src/risk/allowed/pickle-globals.ts",
    "uses.get(keyOf(module, name))",
    'uses.get(keyOf(module, name)) ?? uses.get(keyOf("collections", name))',
  ),
  rule("a dotted name is a fault", MACHINE, 'if (name.includes(".")) this.fault', 'if (name.includes("..")) this.fault'),
  rule(
    "names of Python 2 are mapped in protocols 0 to 2 only",
    MACHINE,
    "this.protocol < 3 ? fromPython2(module, name)",
    "this.protocol < 6 ? fromPython2(module, name)",
  ),
  rule(
    "only the exceptions of Python 2 move into builtins",
    "src/formats/pickle/python2-names.ts",
    'module === "exceptions" && /^[A-Z]/.test(name)',
    'module === "exceptions"',
  ),
  rule("a value below a mark cannot be taken", MACHINE, "this.stack.length - count < this.fence", "this.stack.length - count < 0"),
  rule(
    "a memo entry that was not set ends a pickle",
    MACHINE,
    "if (kind === VALUE.absent) throw",
    "if (kind === VALUE.absent && index < 0) throw",
  ),
  rule(
    "MEMOIZE counts the entries that are set, not the highest",
    MACHINE,
    "if (this.memo.set(index, this.kind(1), this.payload(1))) this.memoized++;",
    "this.memo.set(index, this.kind(1), this.payload(1));\n    this.memoized = this.memo.length;",
  ),
  rule(
    "a frame in a frame is a fault",
    MACHINE,
    'if (this.frameEnd !== 0) this.fault("disagreement"',
    'if (this.frameEnd < 0) this.fault("disagreement"',
  ),
  rule(
    "a value across the end of a frame is a fault",
    MACHINE,
    "if (this.opcodeOffset > this.frameEnd) this.fault",
    "if (this.opcodeOffset < 0) this.fault",
  ),
  rule(
    "a STOP inside of a frame is a fault",
    MACHINE,
    "if (this.frameEnd !== 0 && this.frameEnd !== end) this.fault",
    "if (this.frameEnd < 0 && this.frameEnd !== end) this.fault",
  ),
  rule(
    "a frame beyond the end of the file is a fault",
    MACHINE,
    "if (start + length > this.fileSize) this.fault",
    "if (start + length < 0) this.fault",
  ),
  rule("STACK_GLOBAL with a name that is not known is a fault", EXECUTE, 'machine.fault("computed-name"', 'void ("computed-name"'),
  rule("an extension code is a fault", EXECUTE, 'machine.fault("extension"', 'void ("extension"'),
  rule("bytes out of band are a fault", EXECUTE, 'machine.fault("out-of-band"', 'void ("out-of-band"'),
  rule("a protocol above 5 ends a pickle", EXECUTE, "(bytes[at + 1] ?? 0) > HIGHEST_PROTOCOL", "(bytes[at + 1] ?? 0) > 255"),
  rule(
    "a text with two underscores before it is told apart",
    EXECUTE,
    "bytes[start] === UNDERSCORE && bytes[start + 1] === UNDERSCORE",
    "bytes[start] === UNDERSCORE && bytes[start + 1] === 0",
  ),
  rule(
    "POP takes a mark where one is topmost",
    EXECUTE,
    "if (marks.length > 0 && machine.fence === stack.length) marks.pop();",
    "if (marks.length > 1e9) marks.pop();",
  ),
  rule("NEWOBJ_EX with named arguments is a fault", EXECUTE, "if (hasKeywords && callee.kind", "if (!hasKeywords && callee.kind"),
  rule(
    "a name is imported before INST looks for its mark",
    TEXT,
    "machine.pushGlobalLines(utf8.decode(bytes.subarray(at + 1, second)));",
    'if (opcode === INST && machine.marks.length === 0) throw new PickleStop("stack", "uses a mark that is missing");\n  machine.pushGlobalLines(utf8.decode(bytes.subarray(at + 1, second)));',
  ),
  rule("a name may end with the file", TEXT, "machine.pushCutLines(utf8.decode(bytes.subarray(at + 1, bytes.length - 1)));", ""),
  rule(
    "a line longer than any writer's ends a pickle",
    TEXT,
    "else if (newline - at > MAX_LINE) throw",
    "else if (newline - at > 1e12) throw",
  ),
  rule(
    "a string without its quotes is a fault",
    TEXT,
    "if (!isQuoted(bytes[from] ?? 0, bytes[to - 1] ?? 0, to - from)) disagree",
    "if (to < from) disagree",
  ),
  rule(
    "a text with escapes is not taken for its spelling",
    TEXT,
    "if (!isLiteral(bytes.subarray(start, end))) stack.push",
    "if (start > end) stack.push",
  ),
  rule(
    "INT is read where both readers read it alike",
    ARGUMENTS,
    "return /^-?(?:0|[1-9]\\d{0,4000})$/.test(line) ? { isBoolean",
    "return /^\\s*-?[\\dx]/.test(line) ? { isBoolean",
  ),
  rule(
    "LONG is read where both readers read it alike",
    ARGUMENTS,
    "return /^-?(?:0|[1-9]\\d{0,4000})L?$/.test(line)",
    "return /^-?\\d/.test(line)",
  ),
  rule("FLOAT is read where both readers read it alike", ARGUMENTS, "return /^[+-]?(?:\\d{1,400}", "return /^\\s*[+-]?(?:\\d{1,400}"),
  rule("an entry of the memo is digits", ARGUMENTS, "return /^\\d{1,15}$/.test(line)", "return /^[+]?\\d{1,15}$/.test(line)"),
  rule("a call of a value without a name is a fault", CALLS, 'machine.fault("computed-call"', 'void ("computed-call"'),
  rule("an allowed call with other arguments is a fault", CALLS, 'machine.fault("call"', 'void ("call"'),
  rule(
    "_codecs.encode takes latin1 only",
    CALLS,
    'given.isText(0) && given.text(1) === "latin1"',
    'given.isText(0) && given.text(1) !== "rot14"',
  ),
  rule(
    "a bytearray is made of text by latin-1 only",
    CALLS,
    'given.isText(0) && given.text(1) === "latin-1"',
    "given.isText(0) && given.isText(1)",
  ),
  rule(
    "a bytearray of a given length is a fault",
    CALLS,
    "given.is(0, VALUE.bytes, VALUE.bytearray, VALUE.oldText)",
    "given.is(0, VALUE.bytes, VALUE.bytearray, VALUE.oldText, VALUE.integer)",
  ),
  rule(
    "_rebuild_from_type_v2 calls nothing but what rebuilds tensors",
    CALLS,
    "const result = rebuild(machine, use, inner);",
    "const result = callAllowed(machine, use, inner);",
  ),
  rule(
    "_rebuild_from_type_v2 takes plain attributes",
    CALLS,
    "if (!isTensorClass(given, 1) || !isPlainState(given, 3)) return undefined;",
    "if (!isTensorClass(given, 1)) return undefined;",
  ),
  rule(
    "_reconstruct makes an empty array",
    CALLS,
    'given.use(0) === "numpy-array" && given.product(1) === 0',
    'given.use(0) === "numpy-array" && given.isShape(1)',
  ),
  rule(
    "state for a value that takes none is a fault",
    BUILD,
    "else if (!hasState(target)) refuse(machine, target, payload);",
    "else if (!hasState(target)) machine.need(1);",
  ),
  rule(
    "state of an OrderedDict is plain attributes",
    BUILD,
    "return kind === VALUE.none || isPlainAttributes(machine, kind, statePayload);",
    "return true;",
  ),
  rule(
    "a key with two underscores is kept in mind, however many there are",
    "src/formats/pickle/heap.ts",
    "if (keyKind !== VALUE.text && keyKind !== VALUE.oldText) this.addFlags",
    "if (keyKind !== VALUE.text && keyKind !== VALUE.oldText && this.count(node) < 64) this.addFlags",
  ),
  rule(
    "what is alive keeps its content when the rest is collected",
    "src/formats/pickle/heap.ts",
    "this.#cell(kind, move(kind, old.cellPayloads[cell] ?? 0));",
    "this.#cell(kind, move(kind, 0));",
  ),
  rule("list items go to lists only", BUILD, "list: [VALUE.list],", "list: [VALUE.list, VALUE.orderedDictionary],"),
  rule("set items go to sets only", BUILD, "set: [VALUE.set],", "set: [VALUE.set, VALUE.list],"),
  rule(
    "a dtype of objects is a fault",
    NUMPY,
    'if (parsed.isObject) machine.fault("object-dtype"',
    'if (parsed.itemBytes < 0) machine.fault("object-dtype"',
  ),
  rule(
    "a dtype is built once, before it is used",
    NUMPY,
    "(heap.flags(node) & (IS_BUILT | IS_USED)) !== 0",
    "(heap.flags(node) & 64) !== 0",
  ),
  rule("the fields of a record are inside of it", NUMPY, "if (fields !== undefined && fields.end > itemBytes) return false;", ""),
  rule("flags of a dtype that say objects are a fault", NUMPY, "(state.payload(7) & OBJECT_FLAGS) !== 0", "state.payload(7) < -1e9"),
  rule("an array has as many bytes as its shape says", NUMPY, "|| state.payload(4) === bytes;", "|| state.payload(4) >= 0;"),
  rule(
    "an array of joblib has the padding that joblib writes",
    WALK,
    'if (!isPadding) throw new PickleStop("two-readings"',
    'if (length > 255) throw new PickleStop("two-readings"',
  ),
  rule(
    "an array of joblib without padding is also read as opcodes",
    WALK,
    "if (!array.hasPadding) await this.#trySecondReading",
    "if (array.bytes < 0) await this.#trySecondReading",
  ),
  rule("the objects of a joblib array are a pickle", WALK, "if (array.isObject) {", "if (array.bytes < 0) {"),
  rule(
    "the memo of a pickle may be kept for the next",
    WALK,
    "if (shared.memo.length === 0) return;",
    "if (shared.memo.length >= 0) return;",
  ),
  rule("pickles in a row are bounded", WALK, "if (count > MAX_PICKLES) {", "if (count > 1e9) {"),
  rule(
    "bytes behind the last pickle are a fault",
    "src/formats/pickle/record.ts",
    "if (this.isBehindEnd && MALFORMED.has(kind)) {",
    "if (this.isBehindEnd) return;\n    if (this.isBehindEnd && MALFORMED.has(kind)) {",
  ),
  rule(
    "two sizes of one storage are a fault",
    "src/formats/pickle/record.ts",
    "if (known?.type !== storage.type || known.count !== storage.count) {",
    "if (known?.type !== storage.type) {",
  ),
  rule(
    "a persistent id is a storage of a storage class",
    "src/formats/pickle/persistent.ts",
    'if (id.use(1) !== "storage-class" || ',
    "if (",
  ),
  rule(
    "a persistent id means nothing in a plain pickle",
    "src/formats/pickle/persistent.ts",
    'machine.options.persistentIds === "torch" ? storageOf(machine) : undefined',
    "storageOf(machine)",
  ),
  rule("the storages of a PyTorch file are those of its tensors", LEGACY, "keys.length !== named.size ||", ""),
  rule(
    "a storage has the length that its tensors say",
    LEGACY,
    "if (count !== BigInt(storage.count)) malformed",
    "if (count < -1n) malformed",
  ),
  rule("a PyTorch file ends with its last storage", LEGACY, "if (at < file.size) malformed", "if (at < 0) malformed"),
  rule("a NumPy header has three keys", NPY, "header.size !== 3", "header.size < 3"),
  rule("a NumPy file ends with its array", NPY, "if (size > end) notUnderstood", "if (size < 0) notUnderstood"),
  rule("a NumPy file has its whole array", NPY, "if (size < end) malformed", "if (size < 0) malformed"),
  rule("objects in a record of a NumPy file are found", NPY, "isObject ||= one.isObject;", ""),
  rule("a NumPy header has each key once", LITERAL, "if (values.has(key)) malformed", "if (key.length > 1e6) malformed"),
];
