import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { safetensors } from "../../support/scan/safetensors.ts";

const WEIGHTS = { "model.safetensors": safetensors({ weight: { shape: [2] } }) };

const HONEST: Readonly<Record<string, string>> = {
  "of an architecture": JSON.stringify({ architectures: ["LlamaForCausalLM"], max_position_embeddings: 4096, torch_dtype: "bfloat16" }),
  "with NaN and Infinity, as Python writes them": '{"a": NaN, "b": [Infinity, -Infinity, -1.5e-05]}',
  "with a key twice": '{"hidden_size": 8, "hidden_size": 16}',
  "that trusts no code": '{"trust_remote_code": false, "auto_map": null}',
  "with an empty auto_map": '{"auto_map": {}}',
  "quantized by a known method": '{"quantization_config": {"quant_method": "gptq", "bits": 4}}',
  "with an activation of the library's own list": '{"activation_function": "gelu_new", "tokenizer_class": "GPT2Tokenizer"}',
  "with an activation of PyTorch": '{"activation_function": "torch.nn.modules.activation.Tanh"}',
  "with types that are words": '{"types": ["person", "a.b c"], "id2label": {"0": "U.S. person"}}',
  "nested as deep as is read": `${"[".repeat(400)}${"]".repeat(400)}`,
  "with escapes and surrogates in its texts": '{"a": "\\ud83d\\ude00 \\u00e9 \\" \\\\ \\/"}',
  "that is one number": "3",
  "that says by which program it was trained": '{"program": "train.py"}',
};

type Wrong = readonly [
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  reason: ReasonId,
  expect?: "unknown" | "invalid",
];

const NAMES_CODE: readonly Wrong[] = [
  ["has an auto_map", { "config.json": '{"auto_map": {"AutoModel": "modeling_x.XModel"}}' }, "config/remote-code"],
  [
    "has an auto_map in another repository",
    { "config.json": '{"auto_map": {"AutoModel": "owner/repo--modeling_x.XModel"}}' },
    "config/remote-code",
  ],
  [
    "has an auto_map of tokenizers",
    { "tokenizer_config.json": '{"auto_map": {"AutoTokenizer": ["tokenization_x.X", null]}}' },
    "config/remote-code",
  ],
  [
    "has an auto_map deep inside",
    { "config.json": '{"a": [{"vision_config": {"auto_map": {"AutoConfig": "x.Y"}}}]}' },
    "config/remote-code",
  ],
  ["spells auto_map with escapes", { "config.json": '{"\\u0061uto\\u005fmap": {"AutoModel": "x.Y"}}' }, "config/remote-code"],
  [
    "has auto_map twice, the second one harmless",
    { "config.json": '{"auto_map": {"AutoModel": "x.Y"}, "auto_map": {}}' },
    "config/remote-code",
  ],
  ["has auto_map in a processor", { "preprocessor_config.json": '{"auto_map": {"AutoImageProcessor": "x.Y"}}' }, "config/remote-code"],
  ["has auto_map in a file of another name", { "other.json": '{"auto_map": "x.Y"}' }, "config/remote-code"],
  ["asks for trust", { "config.json": '{"text_config": {"trust_remote_code": true}}' }, "config/trust-remote-code"],
  ["asks for trust by a number", { "config.json": '{"trust_remote_code": 1}' }, "config/trust-remote-code"],
  ["asks for trust by a text", { "config.json": '{"trust_remote_code": "yes"}' }, "config/trust-remote-code"],
  [
    "has custom pipelines",
    { "config.json": '{"custom_pipelines": {"pair": {"impl": "pair.Pair", "pt": ["AutoModel"]}}}' },
    "config/remote-code",
  ],
  [
    "has a pipeline class in a file",
    { "model_index.json": '{"_class_name": ["my_pipeline", "MyPipeline"], "_diffusers_version": "0.30.0"}' },
    "config/remote-code",
  ],
  [
    "has a pipeline part of another library",
    { "model_index.json": '{"_class_name": "StableDiffusionPipeline", "unet": ["os", "system"]}' },
    "config/imported-name",
  ],
  [
    "has a pipeline part by a path",
    { "model_index.json": '{"_class_name": "P", "unet": ["unet.my_unet", "MyUNet"]}' },
    "config/imported-name",
  ],
  [
    "has a module that is not of the library",
    { "modules.json": '[{"idx": 0, "name": "0", "path": "", "type": "os.system"}]' },
    "config/imported-name",
  ],
  [
    "has a module in a file of the model",
    { "modules.json": '[{"idx": 0, "name": "0", "path": "", "type": "custom_st.Transformer"}]' },
    "config/imported-name",
  ],
  [
    "has a module by a name that only begins well",
    { "modules.json": '[{"type": "sentence_transformers.models.Transformer.os.system"}]' },
    "config/imported-name",
  ],
  [
    "routes to a module that is not of the library",
    { "router_config.json": '{"types": {"a": "subprocess.Popen"}}' },
    "config/imported-name",
  ],
  ["has an activation that is not one", { "2_Dense/config.json": '{"activation_function": "os.system"}' }, "config/imported-name"],
  ["has a tokenizer by a path", { "wordembedding_config.json": '{"tokenizer_class": "x.y.Tokenizer"}' }, "config/imported-name"],
  [
    "has an adapter's library of its own",
    { "adapter_config.json": '{"auto_mapping": {"base_model_class": "X", "parent_library": "os"}}' },
    "config/imported-name",
  ],
  ["instantiates a target", { "config.json": '{"optimizer": {"_target_": "subprocess.check_output"}}' }, "config/imported-name"],
  ["names a Python file", { "config.json": '{"model_file": "custom_model.py"}' }, "config/remote-code"],
  ["names a Python file of the model", { "a/config.json": '{"entry": "./run it.py"}', "a/run it.py": "x\n" }, "config/remote-code"],
  ["names a Python file with a blank in its name", { "config.json": '{"model_file": "my model.py"}' }, "config/remote-code"],
  ["has a Lambda layer of Keras", { "model.json": '{"config": {"layers": [{"class_name": "Lambda"}]}}' }, "config/remote-code"],
  [
    "loads a module from outside",
    { "modules.json": '[{"path": "../other", "type": "sentence_transformers.models.Dense"}]' },
    "config/outside-path",
    "unknown",
  ],
  ["has its modules under a name in capitals", { "Modules.JSON": '[{"type": "os.system"}]' }, "config/imported-name"],
  ["names code that generates", { "generation_config.json": '{"custom_generate": "owner/repo"}' }, "config/remote-code"],
  ["names kernels of a hub", { "config.json": '{"_attn_implementation": "owner/kernels"}' }, "config/remote-code"],
  ["has a YAML tag of Python", { "hparams.yaml": "a: !!python/object/apply:os.system ['id']\n" }, "config/yaml-tag"],
  ["has a YAML tag of Python in full", { "config.yml": "a: !<tag:yaml.org,2002:python/name:os.system> ''\n" }, "config/yaml-tag"],
  ["has a YAML target", { "config.yaml": 'model:\n  "\\x5ftarget_": os.system\n' }, "config/imported-name"],
  ["has a YAML target by an alias", { "config.yaml": "a: &a os.system\nmodel: {_target_: *a}\n" }, "config/imported-name"],
  ["has a YAML target by an alias of the key", { "config.yaml": "a: &a _target_\nmodel:\n  *a : os.system\n" }, "config/imported-name"],
  ["asks for trust in YAML", { "config.yaml": "model:\n  trust_remote_code: true\n" }, "config/trust-remote-code"],
  ["has an unknown YAML tag", { "config.yaml": "a: !include other.yaml\n" }, "config/yaml-unknown-tag", "unknown"],
  [
    "gives YAML tags other names",
    { "config.yaml": "%TAG !e! tag:yaml.org,2002:python/\n---\na: !e!name:os.system ''\n" },
    "config/yaml-unknown-tag",
    "unknown",
  ],
];

const HOSTILE_TEMPLATE = "{{ x.__class__ }}";

const TEMPLATES: readonly Wrong[] = [
  [
    "has a hostile chat template",
    { "tokenizer_config.json": JSON.stringify({ chat_template: HOSTILE_TEMPLATE }) },
    "template/hidden-attribute",
  ],
  [
    "has a hostile one among named chat templates",
    {
      "tokenizer_config.json": JSON.stringify({
        chat_template: [
          { name: "default", template: "ok" },
          { name: "rag", template: HOSTILE_TEMPLATE },
        ],
      }),
    },
    "template/hidden-attribute",
  ],
  [
    "has a hostile chat template in a map",
    { "chat_template.json": JSON.stringify({ chat_template: { tool: HOSTILE_TEMPLATE } }) },
    "template/hidden-attribute",
  ],
  [
    "has a hostile chat template of a processor",
    { "processor_config.json": JSON.stringify({ chat_template: HOSTILE_TEMPLATE }) },
    "template/hidden-attribute",
  ],
  [
    "has a hostile template under a key of its own",
    { "tokenizer_config.json": JSON.stringify({ rag_template: HOSTILE_TEMPLATE }) },
    "template/hidden-attribute",
  ],
  [
    "spells the key of a template with escapes",
    { "tokenizer_config.json": `{"chat\\u005ftemplate": ${JSON.stringify(HOSTILE_TEMPLATE)}}` },
    "template/hidden-attribute",
  ],
  ["has a hostile template in a file", { "chat_template.jinja": HOSTILE_TEMPLATE }, "template/hidden-attribute"],
  ["has a hostile additional template", { "additional_chat_templates/rag.jinja": HOSTILE_TEMPLATE }, "template/hidden-attribute"],
  [
    "has very many templates",
    { "tokenizer_config.json": JSON.stringify({ chat_template: Array.from({ length: 100 }, () => ({ template: "x" })) }) },
    "config/too-large",
    "unknown",
  ],
];

const DAMAGED: readonly Wrong[] = [
  ["ends in the middle", { "config.json": '{"architectures": ["Llama' }, "config/malformed", "invalid"],
  ["ends after a value", { "config.json": '{"a": 1' }, "config/malformed", "invalid"],
  ["has a comma too many", { "config.json": '{"a": 1,}' }, "config/malformed", "invalid"],
  ["has two values", { "config.json": "{} {}" }, "config/malformed", "invalid"],
  ["has a key without quotation marks", { "config.json": "{a: 1}" }, "config/malformed", "invalid"],
  ["has a number with a zero in front", { "config.json": '{"a": 012}' }, "config/malformed", "invalid"],
  ["closes a list as an object", { "config.json": '{"a": [1}}' }, "config/malformed", "invalid"],
  ["has a line end in a text", { "config.json": '{"a": "x\ny"}' }, "config/malformed", "invalid"],
  ["has white space only", { "config.json": "  \n" }, "config/malformed", "invalid"],
  ["is not JSON at all", { "config.json": "<html>404</html>" }, "config/malformed", "invalid"],
  ["is nested too deep", { "config.json": "[".repeat(100_000) }, "config/too-large", "unknown"],
];

function cases(wrong: readonly Wrong[], kind: ScanCase["kind"]): ScanCase[] {
  return wrong.map(([name, files, reason, expect]) => ({
    name: `configuration that ${name} is ${expect ?? "code"}`,
    kind,
    files: { ...WEIGHTS, ...files },
    expect: expect ?? "code",
    reasons: [reason],
  }));
}

/** Configuration, whole and damaged. */
export const CONFIGURATION_CASES: readonly ScanCase[] = [
  ...Object.entries(HONEST).map(([name, text]): ScanCase => ({
    name: `configuration ${name} is data only`,
    kind: "benign",
    files: { ...WEIGHTS, "config.json": text },
    expect: "data-only",
  })),
  ...cases(NAMES_CODE, "dangerous"),
  ...cases(TEMPLATES, "dangerous"),
  ...cases(DAMAGED, "corrupt"),
  {
    name: "configuration that is not UTF-8 is invalid",
    kind: "corrupt",
    files: { ...WEIGHTS, "config.json": Buffer.from('{"a": "\xff\xfe"}', "latin1") },
    expect: "invalid",
    reasons: ["config/malformed"],
  },
  {
    name: "code that is allowed by its exact name is waived",
    kind: "debatable",
    files: { ...WEIGHTS, "modules.json": '[{"type": "pylate.models.Dense.Dense"}]' },
    allow: ["pylate.models.Dense.Dense"],
    expect: "data-only",
  },
];
