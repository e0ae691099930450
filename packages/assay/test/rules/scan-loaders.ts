import type { Rule } from "./rule.ts";

const CASES = "test/scan/cases.test.ts";
const LOAD = "src/probe/load";

/** What libraries beside the common ones import, call or render of a file: each has a case that it turns red. */
export const rules: readonly Rule[] = [
  {
    rule: "JSON that is a Keras model is examined as one",
    file: `${LOAD}/examiners/configuration.ts`,
    text: "if (json.isKeras) examineKerasPart(bytes, report);",
    replacement: "",
    test: CASES,
  },
  {
    rule: "JSON that begins as TensorFlow.js is examined as configuration too",
    file: `${LOAD}/examiners/tfjs.ts`,
    text: "await JSON_EXAMINER.examine(input);",
    replacement: "",
    test: CASES,
  },
  {
    rule: "jsonpickle makes objects of JSON",
    file: `${LOAD}/configuration/names-code.ts`,
    text: 'typeof key === "string" && key.startsWith("py/")',
    replacement: "false",
    test: CASES,
  },
  {
    rule: "PEFT imports another Megatron",
    file: `${LOAD}/configuration/names-code.ts`,
    text: 'key === "megatron_core" && value() !== MEGATRON',
    replacement: "false",
    test: CASES,
  },
  {
    rule: "TorchServe runs a handler of the archive",
    file: `${LOAD}/configuration/names-code.ts`,
    text: "!BUILT_IN_HANDLERS.has(value())",
    replacement: "false",
    test: CASES,
  },
  {
    rule: "a target with dots is imported",
    file: `${LOAD}/configuration/names-code.ts`,
    text: "return IDENTIFIERS.test(text) && !FILE.test(text) && !IMPORTED_NAMES.has(text);",
    replacement: "return false;",
    test: CASES,
  },
  {
    rule: "a key of YAML may be in a block",
    file: "src/formats/yaml/walk-yaml.ts",
    text: "return source.trim();",
    replacement: "return source;",
    test: CASES,
  },
  {
    rule: "templates in YAML are examined",
    file: `${LOAD}/examiners/yaml.ts`,
    text: "for (const template of templates.slice(0, MAX_TEMPLATES)) await",
    replacement: "for (const template of templates.slice(0, 0)) await",
    test: CASES,
  },
  {
    rule: "a template in a text is examined",
    file: `${LOAD}/examiners/text.ts`,
    text: "if (TEMPLATE.test(name)) {",
    replacement: "if (name === TEMPLATE.source) {",
    test: CASES,
  },
  {
    rule: "a text whose first line is long may be a pickle",
    file: `${LOAD}/examiners/text.ts`,
    text: "if (!record.globals.some(({ called, isFilled }) => called !== undefined || isFilled)) return;",
    replacement: "if (record.globals.length >= 0) return;",
    test: CASES,
  },
  {
    rule: "skops makes objects of the types that its schema names",
    file: `${LOAD}/examiners/skops.ts`,
    text: "if (isAllowedSkopsType(loader, type)) return [];",
    replacement: "if (loader !== type) return [];",
    test: CASES,
  },
  {
    rule: "a type of skops is allowed with its own loader",
    file: "src/risk/allowed/skops-types.ts",
    text: "return ALLOWED.has(`${loader}:${type}`);",
    replacement: "return [...ALLOWED].some((one) => one.endsWith(`:${type}`) && loader !== ``);",
    test: CASES,
  },
  {
    rule: "an archive behind TensorFlow Lite is examined",
    file: `${LOAD}/sniff.ts`,
    text: "examiners: isBoth ? [first, byEnd] : [first],",
    replacement: "examiners: isBoth && first.mayCarryArchive !== true ? [first, byEnd] : [first],",
    test: "test/scan/graph-cases.test.ts",
  },
  {
    rule: "an archive behind TensorFlow Lite has no other hidden bytes",
    file: `${LOAD}/examiners/archives/zip.ts`,
    text: 'kind === "hidden-bytes" && place?.offset === 0 && beginsAsTflite(input.head)',
    replacement: 'kind === "hidden-bytes" && beginsAsTflite(input.head)',
    test: "test/scan/graph-cases.test.ts",
  },
  {
    rule: "YAML has the line ends of Python",
    file: `${LOAD}/examiners/yaml.ts`,
    text: '.replaceAll(LINE_ENDS, "\\n")',
    replacement: "",
    test: CASES,
  },
  {
    rule: "Python code in a text of configuration counts",
    file: `${LOAD}/configuration/names-code.ts`,
    text: "return EXPRESSION.test(text);",
    replacement: "return false;",
    test: CASES,
  },
  {
    rule: "mmengine imports what JSON names",
    file: `${LOAD}/configuration/names-code.ts`,
    text: 'path.includes("custom_imports")',
    replacement: "false",
    test: CASES,
  },
  {
    rule: "mmengine imports what YAML names",
    file: `${LOAD}/examiners/yaml.ts`,
    text: "if (CUSTOM_IMPORTS.test(text))",
    replacement: "if (false)",
    test: CASES,
  },
];
