import type { ScanCase } from "../../support/scan/case.ts";
import { bigEndian, littleEndian } from "../../support/scan/bytes.ts";
import { npy } from "../../support/scan/pickle.ts";
import { zip } from "../../support/scan/zip.ts";

const METADATA = JSON.stringify({ keras_version: "3.15.1", date_saved: "2026-11-29@10:00:00" });
const FLOAT32 = { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null };

const WEIGHTS = zip([{ name: "layers/dense/vars/0.npy", data: npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }") }]);

/** As `model.save("model.keras")` writes it, with weights as NumPy writes them. */
function model(layers: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    module: "keras",
    class_name: "Sequential",
    config: { name: "sequential", trainable: true, dtype: FLOAT32, layers },
    registered_name: null,
    build_config: { input_shape: [null, 4] },
    ...more,
  };
}

function layer(className: string, config: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { module: "keras.layers", class_name: className, config: { name: "x", ...config }, registered_name: null, ...more };
}

/** As Python writes it with `text.encode(encoding)`. */
function encode(text: string, encoding: "utf-16le" | "utf-16be" | "utf-32le" | "utf-32be"): Uint8Array {
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const order = encoding === "utf-32le" ? littleEndian : bigEndian;
  return Buffer.concat(Array.from(text, (character) => order(character.codePointAt(0) ?? 0, 4)));
}

function archive(config: unknown, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const text = typeof config === "string" || config instanceof Uint8Array ? config : JSON.stringify(config);
  const members = { "metadata.json": METADATA, "config.json": text, ...more };
  return zip([...Object.entries(members).map(([name, data]) => ({ name, data })), { name: "model.weights.npz", data: WEIGHTS }]);
}

const FUNCTION = { module: "builtins", class_name: "function", config: "relu", registered_name: "function" };

/** Configurations of Keras: each is code by itself, whatever the weights are. */
const CODE: readonly (readonly [what: string, reason: NonNullable<ScanCase["reasons"]>[number], config: unknown])[] = [
  ["a Lambda layer", "keras/code", model([layer("Lambda", { function: { class_name: "__lambda__", config: { code: "4wEAAAA" } } })])],
  ["a Lambda layer without a module", "keras/code", model([{ class_name: "Lambda", config: {} }])],
  ["a Lambda layer inside a wrapper", "keras/code", model([layer("TimeDistributed", { layer: layer("Lambda") })])],
  [
    "compiled code as an activation",
    "keras/code",
    model([layer("Dense", { activation: { class_name: "__lambda__", config: { value: "4wEAAAA" } } })]),
  ],
  ["compiled code in its loss", "keras/code", model([], { compile_config: { loss: { class_name: "__lambda__", config: {} } } })],
  ["a SavedModel by its path", "keras/code", model([layer("TFSMLayer", { filepath: "/tmp/saved" })])],
  ["a pickled PyTorch module", "keras/code", model([layer("TorchModuleWrapper", { module: "gASV" })])],
  ["a class of another module", "keras/class", model([{ module: "os", class_name: "system", config: { command: "id" } }])],
  ["a class of a module that only begins like Keras", "keras/class", model([{ module: "keras_evil", class_name: "Dense", config: {} }])],
  ["a function of Keras as a class", "keras/class", model([{ module: "keras.utils", class_name: "get_file", config: { fname: "x" } }])],
  ["a class of the caller", "keras/class", model([{ module: null, class_name: "Mine", config: {}, registered_name: "pkg>Mine" }])],
  ["a layer that is registered under another name", "keras/class", model([layer("Dense", {}, { registered_name: "pkg>Dense" })])],
  [
    "a function of another module",
    "keras/function",
    model([layer("Dense", { activation: { module: "os", class_name: "function", config: "system" } })]),
  ],
  [
    "a function that loads a file",
    "keras/function",
    model([layer("Dense", { activation: { module: "keras.utils", class_name: "function", config: "get_file" } })]),
  ],
  [
    "a function that turns off safe mode",
    "keras/function",
    model([{ module: "keras.config", class_name: "function", config: "enable_unsafe_deserialization" }]),
  ],
  ["a function with two names", "keras/function", model([layer("Dense", { activation: { ...FUNCTION, registered_name: "pkg>relu" } })])],
  ["a vocabulary from a file", "keras/file-access", model([layer("StringLookup", { vocabulary: "/etc/passwd" })])],
  ["a vocabulary from an address", "keras/file-access", model([layer("TextVectorization", { vocabulary: "http://127.0.0.1/x" })])],
  [
    "a class ten levels down",
    "keras/class",
    model([layer("Dense", { a: [{ b: { c: [[{ d: { e: { module: "os", class_name: "x", config: {} } } }]] } }] })]),
  ],
];

/** Layers and functions of Keras alone. */
const PLAIN: readonly (readonly [what: string, config: unknown])[] = [
  ["a dense layer", model([layer("InputLayer", { batch_shape: [null, 4] }), layer("Dense", { units: 3, activation: "relu" })])],
  ["a function of Keras by its name", model([layer("Dense", { activation: FUNCTION })])],
  [
    "a function of Keras by its module",
    model([
      layer("Dense", { activation: { module: "keras.activations", class_name: "function", config: "gelu", registered_name: "gelu" } }),
    ]),
  ],
  ["layers in layers", model([layer("Bidirectional", { layer: layer("LSTM"), backward_layer: layer("GRU") })])],
  ["a vocabulary of its own", model([layer("StringLookup", { vocabulary: ["a", "b"] })])],
  [
    "optimizer, loss and metrics",
    model([], {
      compile_config: { optimizer: { module: "keras.optimizers", class_name: "Adam", config: {} }, loss: "mse", metrics: ["accuracy"] },
    }),
  ],
  [
    "an optimizer of the backend for PyTorch",
    model([], {
      compile_config: {
        optimizer: {
          module: "keras.src.backend.torch.optimizers.torch_adam",
          class_name: "Adam",
          config: { learning_rate: 0.001 },
          registered_name: "Adam",
        },
      },
    }),
  ],
  [
    "infinity as Python writes it",
    JSON.stringify(model([layer("Dense")])).replace('"trainable":true', '"max":Infinity,"min":-Infinity,"nan":NaN'),
  ],
  [
    "operations on tensors",
    {
      module: "keras.src.models.functional",
      class_name: "Functional",
      registered_name: "Functional",
      config: {
        layers: [
          {
            module: "keras.src.ops.numpy",
            class_name: "GetItem",
            config: {},
            registered_name: "GetItem",
            inbound_nodes: [
              {
                args: [
                  { class_name: "__keras_tensor__", config: { shape: [null, 4], dtype: "float32", keras_history: ["x", 0, 0] } },
                  { class_name: "__slice__", config: { start: null, stop: 2, step: null } },
                ],
              },
            ],
          },
        ],
      },
    },
  ],
];

export const KERAS_CASES: readonly ScanCase[] = [
  ...PLAIN.map(([what, config]): ScanCase => ({
    name: `a Keras model with ${what} is data only`,
    kind: "benign",
    files: { "model.keras": archive(config) },
    expect: "data-only",
  })),
  ...CODE.map(([what, reason, config]): ScanCase => ({
    name: `a Keras model with ${what} is code`,
    kind: "dangerous",
    files: { "model.keras": archive(config) },
    expect: "code",
    reasons: [reason],
  })),
  {
    name: "a Keras model with a Lambda layer behind an equal key is code",
    kind: "dangerous",
    files: {
      "model.keras": archive(
        JSON.stringify(model([layer("Dense")])).replace('"class_name":"Dense"', '"class_name":"Dense","class_name":"Lambda"'),
      ),
    },
    expect: "code",
    reasons: ["keras/code", "keras/malformed"],
  },
  {
    name: "a Keras model with NaN and a Lambda layer is code",
    kind: "dangerous",
    files: {
      "model.keras": archive(
        JSON.stringify(model([layer("Dense", { a: "NaN, Infinity" }), layer("Lambda")])).replace('"trainable":true', '"trainable":NaN'),
      ),
    },
    expect: "code",
    reasons: ["keras/code"],
  },
  {
    name: "a Keras model with an escaped Lambda layer is code",
    kind: "dangerous",
    files: { "model.keras": archive(JSON.stringify(model([layer("Lambda")])).replace('"Lambda"', '"L\\u0061mbda"')) },
    expect: "code",
    reasons: ["keras/code"],
  },
  ...(["utf-16le", "utf-16be", "utf-32le", "utf-32be"] as const).map((encoding): ScanCase => ({
    name: `a Keras model with a Lambda layer in ${encoding} is code`,
    kind: "dangerous",
    files: { "model.keras": archive(encode(JSON.stringify(model([layer("Lambda")])), encoding)) },
    expect: "code",
    reasons: ["keras/code", "keras/malformed"],
  })),
  {
    name: "a Keras model with two configurations is code where one of them is",
    kind: "dangerous",
    files: {
      "model.keras": zip([
        { name: "metadata.json", data: METADATA },
        { name: "config.json", data: JSON.stringify(model([layer("Dense")])) },
        { name: "config.json", data: JSON.stringify(model([layer("Lambda")])) },
      ]),
    },
    expect: "code",
    reasons: ["keras/code", "zip/duplicate-member"],
  },
  {
    name: "a Keras model under the name of an archive is code where it has a Lambda layer",
    kind: "dangerous",
    files: { "model.zip": archive(model([layer("Lambda")])) },
    expect: "code",
    reasons: ["keras/code"],
  },
  {
    name: "a Keras model with a layer that is not known is at most unknown",
    kind: "debatable",
    files: { "model.keras": archive(model([layer("QuantumDense")])) },
    expect: "unknown",
    reasons: ["keras/unknown-class"],
  },
  {
    name: "a Keras model without a configuration is invalid",
    kind: "corrupt",
    files: { "model.keras": zip([{ name: "metadata.json", data: METADATA }]) },
    expect: "invalid",
    reasons: ["keras/malformed"],
  },
  {
    name: "a Keras model whose configuration is cut is invalid",
    kind: "corrupt",
    files: { "model.keras": archive('{"class_name": "Seq') },
    expect: "invalid",
    reasons: ["keras/malformed"],
  },
  {
    name: "a Keras model whose configuration is a list is invalid",
    kind: "corrupt",
    files: { "model.keras": archive("[]") },
    expect: "invalid",
    reasons: ["keras/malformed"],
  },
];
