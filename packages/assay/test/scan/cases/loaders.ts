import { gzipSync } from "node:zlib";
import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { global, int, oldPickle, pickle, text, tuple } from "../../support/scan/pickle.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { torch } from "../../support/scan/torch.ts";
import { zip } from "../../support/scan/zip.ts";

const MODEL = { "model.safetensors": safetensors({ weight: { shape: [2] } }), "config.json": "{}" };

type Files = Readonly<Record<string, string | Uint8Array>>;
type Row = readonly [name: string, files: Files, expect: LoadOutcome, ...reasons: ReasonId[]];

/** A function of skops, under the name of an allowed type. */
const FUNCTION = {
  __class__: "str",
  __module__: "builtins",
  __loader__: "FunctionNode",
  content: { module_path: "os", function: "system" },
};
const TEXT = { __class__: "str", __module__: "builtins" };
const PLAIN = {
  __class__: "dict",
  __module__: "builtins",
  __loader__: "DictNode",
  content: { a: { ...TEXT, __loader__: "JsonNode", content: '"x"', is_json: true } },
  key_types: { __class__: "list", __module__: "builtins", __loader__: "ListNode", content: [{ ...TEXT, __loader__: "TypeNode" }] },
};

/** Files that one library more than the common ones reads: what it imports, calls or renders of them. */
const OTHER_LOADERS: readonly Row[] = [
  // Keras outside of its archives: `model.to_json()`, an unpacked archive, a preset.
  ["a Keras model in JSON with a function of another module", keras({ module: "os", class_name: "system" }), "code", "keras/class"],
  ["a Keras model in JSON with a SavedModel by its path", keras({ class_name: "TFSMLayer" }), "code", "keras/code"],
  [
    "a Keras model in JSON with compiled code",
    keras({ class_name: "Dense", config: { activation: { class_name: "__lambda__", config: {} } } }),
    "code",
    "keras/code",
  ],
  ["a Keras model in JSON with plain layers", keras({ class_name: "Dense", config: { units: 2 } }), "data-only"],
  [
    "configuration of a class by its name alone",
    { "config.json": JSON.stringify({ class_name: "Encoder", size: 3, inner: { config: {} } }) },
    "data-only",
  ],

  // What begins as TensorFlow.js, and is read by another library.
  [
    "modules.json that begins as a list of weights",
    { "modules.json": JSON.stringify([{ weights: [], paths: [], idx: 0, name: "0", path: "", type: "os.system" }]) },
    "code",
    "config/imported-name",
  ],

  // PEFT, diffusers, jsonpickle, TorchServe.
  ["an adapter with another Megatron", { "adapter_config.json": '{"megatron_core": "evil.core"}' }, "code", "config/imported-name"],
  ["an adapter with Megatron", { "adapter_config.json": '{"megatron_core": "megatron.core", "megatron_config": null}' }, "data-only"],
  ["a pipeline of another repository", { "model_index.json": '{"custom_pipeline": "owner/pipe"}' }, "code", "config/remote-code"],
  [
    "a modular pipeline with a part of another library",
    { "modular_model_index.json": JSON.stringify({ unet: ["os", "system", {}] }) },
    "code",
    "config/imported-name",
  ],
  [
    "a modular pipeline with a type of another library",
    { "modular_model_index.json": JSON.stringify({ unet: [null, null, { type_hint: ["os", "system"] }] }) },
    "code",
    "config/imported-name",
  ],
  [
    "a modular pipeline with a type of diffusers",
    { "modular_model_index.json": JSON.stringify({ unet: [null, null, { type_hint: ["diffusers", "UNet2DConditionModel"] }] }) },
    "data-only",
  ],
  [
    "JSON for jsonpickle",
    { "state.json": JSON.stringify({ "py/reduce": [{ "py/function": "os.system" }, { "py/tuple": ["id"] }] }) },
    "code",
    "config/imported-name",
  ],
  ["configuration of a component of torchtune", { "config.json": '{"_component_": "os.system"}' }, "code", "config/imported-name"],
  ["configuration with a target", { "config.json": '{"target": "os.system", "params": {}}' }, "code", "config/imported-name"],
  ["configuration with a file as its target", { "config.json": '{"target": "labels.csv", "cls": "linear"}' }, "data-only"],
  [
    "an activation of a module with another alphabet",
    { "config.json": '{"activation_fn": "mödul.Klasse"}' },
    "code",
    "config/imported-name",
  ],
  ["an archive of TorchServe with a handler of its own", { "model.mar": torchServe("handler.py:handle") }, "code", "config/remote-code"],
  ["an archive of TorchServe with a handler of TorchServe", { "model.mar": torchServe("image_classifier") }, "data-only"],

  // YAML.
  ["YAML with a key in a block", { "config.yaml": "m:\n  ? |-\n    _target_\n  : os.system\n" }, "code", "config/imported-name"],
  ["YAML of latent diffusion", { "config.yaml": "model:\n  target: os.system\n  params: {}\n" }, "code", "config/imported-name"],
  [
    "YAML of Stable Diffusion",
    {
      "v1-inference.yaml":
        "model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    first_stage_config:\n      target: ldm.models.autoencoder.AutoencoderKL\n",
    },
    "data-only",
  ],
  [
    "YAML of Stable Diffusion with a checkpoint elsewhere",
    { "v1-inference.yaml": "target: ldm.models.autoencoder.AutoencoderKL\nparams:\n  ckpt_path: models/kl.ckpt\n" },
    "unknown",
    "config/outside-path",
  ],
  ["YAML of an interface with a backslash", { "api.yaml": "pattern: '\\d+'\nname: status.progress\n" }, "data-only"],
  ["YAML with a class of NeMo", { "config.yaml": "cls: subprocess.Popen\n" }, "code", "config/imported-name"],
  ["YAML with words as targets", { "config.yaml": "target: train\nother:\n  target: data.csv\n  cls: 3\n" }, "data-only"],
  ["YAML of pyannote.audio with another pipeline", { "config.yaml": "pipeline:\n  name: os.system\n" }, "code", "config/imported-name"],
  ["YAML of pyannote.audio", { "config.yaml": "pipeline:\n  name: pyannote.audio.pipelines.SpeakerDiarization\n" }, "data-only"],
  ["YAML with names of other things", { "config.yaml": "name: owner.model\n" }, "data-only"],
  ["YAML with a hostile template", { "chat.yaml": "chat_template: \"{{ ''.__class__ }}\"\n" }, "code", "template/hidden-attribute"],
  [
    "YAML with a hostile template in a block",
    { "chat.yaml": "instruction_template: |-\n  {{ ''.__class__ }}\n" },
    "code",
    "template/hidden-attribute",
  ],
  ["YAML with a harmless template", { "chat.yaml": "chat_template: |-\n  {{ messages[0].content }}\n" }, "data-only"],
  ["YAML with more templates than are read", { "chat.yaml": "template: '{{ x }}'\n".repeat(70) }, "unknown", "config/too-large"],
  ["a model of MLflow", { MLmodel: "flavors:\n  python_function:\n    loader_module: evil\n" }, "code", "config/imported-name"],

  ["YAML with the line ends of Python", { "c.yaml": "a: 1\r_target_: os.system\r" }, "code", "config/imported-name"],
  ["YAML with a line separator", { "c.yaml": "a: 1\u2028_target_: os.system\n" }, "code", "config/imported-name"],
  ["YAML with a tag of Python in a comment", { "c.yaml": "a: 1 # !!python/object:x\n" }, "unknown", "config/yaml-unknown-tag"],
  ["YAML of a layer that is code", { "m.yaml": "activation: __import__('os').system('id')\n" }, "unknown", "config/expression"],
  ["YAML of a layer in a list that is code", { "m.yaml": "a:\n  - [-1, 1, \"__import__('os')\", []]\n" }, "unknown", "config/expression"],
  ["configuration with Python code", { "config.json": '{"a": "__import__(\'os\')"}' }, "unknown", "config/expression"],
  ["YAML of mmengine", { "c.yaml": "custom_imports:\n  imports: [evil]\n" }, "code", "config/imported-name"],
  ["configuration of mmengine", { "c.json": '{"custom_imports": {"imports": ["evil-module"]}}' }, "code", "config/imported-name"],
  [
    "configuration with machine code of a hub for a part",
    { "config.json": '{"attn_implementation": {"text_config": "owner/kernel"}}' },
    "code",
    "config/remote-code",
  ],

  ["JSON under an ending of its own", { "drawing.excalidraw": '{"type": "excalidraw"}' }, "data-only"],
  [
    "JSON with auto_map under another ending",
    { "config.other": '{"auto_map": {"A": "x.Y"}, "weight_map": {"a": "b"}}' },
    "code",
    "config/remote-code",
  ],

  // Texts that are more.
  ["a hostile template in a text", { "chat_template.txt": "{{ ''.__class__ }}" }, "code", "template/hidden-attribute"],
  ["a hostile template in a file of templates", { "chat-template.tmpl": "{{ ''.__class__ }}" }, "code", "template/hidden-attribute"],
  ["a template in a text", { "chat_template.txt": "{{ messages[0].content }}" }, "data-only"],
  [
    "a pickle with a long first line as a text",
    { "vocab.txt": oldPickle(`V${"word ".repeat(2000)}\n0`, global("os", "system"), "(S'id'\ntR") },
    "code",
    "file/disguised",
    "pickle/global",
  ],
  ["a text with a long first line that begins as a pickle does", { "vocab.txt": `V${"word ".repeat(2000)}\nmore\n` }, "data-only"],
  ["a text of one line that begins as a name does", { "layers.txt": `conv_stem.${"weight:[3]***".repeat(400)}` }, "data-only"],
  ["a text of one line that begins as a pickle does", { "vocab.txt": `S'${"word ".repeat(2000)}` }, "data-only"],

  // skops.
  ["a skops archive with a function", { "model.skops": skops(FUNCTION) }, "code", "skops/type"],
  ["a skops archive under another name with a function", { "model.zip": skops(FUNCTION) }, "code", "skops/type"],
  [
    "a skops archive with an estimator",
    { "model.skops": skops({ __class__: "LogisticRegression", __module__: "sklearn.linear_model._logistic", __loader__: "ObjectNode" }) },
    "code",
    "skops/type",
  ],
  [
    "a skops archive with an allowed type and another loader",
    { "model.skops": skops({ __class__: "dict", __module__: "builtins", __loader__: "ObjectNode" }) },
    "code",
    "skops/type",
  ],
  ["a LightGBM model as a text", { "model.txt": "tree\nversion=v4\nnum_class=1\n" }, "unknown", "format/not-read"],
  ["a compressed pickle of data with a word as its name", { "dict.gz": gzipSync(pickle(4, "}")) }, "data-only"],
  [
    "a pickle of protocol 2 with a frozenset",
    { "data.pkl": pickle(2, global("builtins", "frozenset"), tuple("]", "(", int(1), "e"), "R") },
    "data-only",
  ],
  [
    "a pickle that makes a frozenset of a text",
    { "data.pkl": pickle(2, global("builtins", "frozenset"), tuple(text("x")), "R") },
    "unknown",
    "pickle/call",
  ],
  ["a pickle of protocol 2 with empty bytes", { "data.pkl": pickle(2, global("builtins", "bytes"), tuple(), "R") }, "data-only"],
  [
    "a pickle that makes bytes of a number",
    { "data.pkl": pickle(2, global("builtins", "bytes"), tuple(int(1)), "R") },
    "unknown",
    "pickle/call",
  ],
  ["a skops archive with plain values", { "model.skops": skops(PLAIN) }, "data-only"],
  ["a skops archive without a schema", { "model.skops": zip([{ name: "a.txt", data: "x" }]) }, "invalid", "skops/malformed"],
  [
    "a skops archive with a schema that is cut",
    { "model.skops": zip([{ name: "schema.json", data: '{"a": ' }]) },
    "invalid",
    "skops/malformed",
  ],
  [
    "a skops archive with a schema without types",
    { "model.skops": zip([{ name: "schema.json", data: "{}" }]) },
    "invalid",
    "skops/malformed",
  ],
];

/** A part of a Keras model as JSON by itself. */
function keras(layer: Readonly<Record<string, unknown>>): Files {
  const config = { name: "x", layers: [{ config: {}, ...layer }] };
  return { "config.json": JSON.stringify({ class_name: "Sequential", config }), "metadata.json": '{"keras_version": "3.15.1"}' };
}

function torchServe(handler: string): Uint8Array {
  const manifest = JSON.stringify({ model: { modelName: "m", serializedFile: "m.pt", handler } });
  return zip([
    { name: "MAR-INF/MANIFEST.json", data: manifest },
    { name: "m.pt", data: torch() },
  ]);
}

function skops(root: Readonly<Record<string, unknown>>): Uint8Array {
  return zip([{ name: "schema.json", data: JSON.stringify({ ...root, protocol: 2, _skops_version: "0.16.0" }) }]);
}

/** Loaders beside the common ones. */
export const LOADER_CASES: readonly ScanCase[] = OTHER_LOADERS.map(([name, files, expect, ...reasons]) => ({
  name: `${name} is ${expect}`,
  kind: expect === "data-only" ? "benign" : expect === "invalid" ? "corrupt" : "dangerous",
  files: Object.keys(files).some((file) => /\.(?:skops|mar|zip|gz|pkl)$/.test(file)) ? files : { ...MODEL, ...files },
  expect,
  reasons,
}));
