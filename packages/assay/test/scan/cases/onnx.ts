import { bytes } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { attribute, externalTensor, graph, node, onnx, operatorSet, tensor } from "../../support/scan/onnx.ts";
import { fixed32, message, varint, type ProtobufField } from "../../support/scan/protobuf.ts";

const PLAIN = onnx();
const metadata = (key: string, value: string): Uint8Array => onnx(graph({}), { more: [[14, message([1, key], [2, value])]] });

function external(entries: Readonly<Record<string, string>>, dims: readonly number[] = [2, 3]): Uint8Array {
  return onnx(graph({ tensors: [externalTensor("w", dims, entries)] }));
}

function subgraph(inner: Uint8Array): Uint8Array {
  return node("If", { attributes: [attribute("then_branch", [6, graph({ nodes: [inner] })], [20, 5])] });
}

/** A function that the model defines, as exporters of PyTorch write them. */
function localFunction(domain: string, name: string, body: Uint8Array): Uint8Array {
  return message([1, name], [4, "x"], [5, "y"], [7, body], [9, operatorSet(17)], [10, domain]);
}

function tensorOf(...fields: readonly ProtobufField[]): Uint8Array {
  return onnx(graph({ tensors: [message(...fields)] }));
}

function benign(name: string, model: Uint8Array, files: Readonly<Record<string, Uint8Array>> = {}): ScanCase {
  return { name, kind: "benign", files: { "model.onnx": model, ...files }, expect: "data-only" };
}

function dangerous(name: string, model: Uint8Array, reason: NonNullable<ScanCase["reasons"]>[number]): ScanCase {
  return { name, kind: "dangerous", files: { "model.onnx": model }, expect: "code", reasons: [reason] };
}

function corrupt(name: string, model: Uint8Array, expect: "invalid" | "unknown" = "invalid"): ScanCase {
  const reason = expect === "invalid" ? "file/malformed" : "file/not-understood";
  return { name, kind: "corrupt", files: { "model.onnx": model }, expect, reasons: [reason] };
}

/** Graphs in graphs, more than protobuf allows. */
function nested(levels: number): Uint8Array {
  let inner = node("Relu");
  for (let level = 0; level < levels; level++) inner = subgraph(inner);
  return onnx(graph({ nodes: [inner] }));
}

export const ONNX_CASES: readonly ScanCase[] = [
  benign("an ONNX graph of standard operators with weights inside is data only", PLAIN),
  benign("an ONNX model without weights is data only", onnx(graph({}))),
  benign("an ONNX model of the first version, which has no operator sets, is data only", message([1, 1], [7, graph({})])),
  benign(
    "ONNX metadata is data only",
    onnx(graph({}), {
      more: [
        [6, "text"],
        [14, message([1, "author"], [2, "someone"])],
      ],
    }),
  ),
  benign(
    "ONNX operators that ONNX Runtime has built in are data only",
    onnx(graph({ nodes: [node("FusedMatMul", { domain: "com.microsoft" })] })),
  ),
  benign("ONNX operators for trees are data only", onnx(graph({ nodes: [node("TreeEnsembleClassifier", { domain: "ai.onnx.ml" })] }))),
  benign("the standard ONNX domain by its full name is data only", onnx(graph({ nodes: [node("Conv", { domain: "ai.onnx" })] }))),
  benign("an ONNX subgraph of standard operators is data only", onnx(graph({ nodes: [subgraph(node("Add"))] }))),
  benign(
    "an ONNX function that the model defines of standard operators is data only",
    onnx(graph({ nodes: [node("aten_gelu", { domain: "pkg.onnxscript.torch_lib" })] }), {
      domains: ["pkg.onnxscript.torch_lib"],
      more: [[25, localFunction("pkg.onnxscript.torch_lib", "aten_gelu", node("Gelu"))]],
    }),
  ),
  benign("ONNX weights in a file beside the model are data only", external({ location: "model.onnx_data", offset: "8", length: "24" }), {
    "model.onnx_data": Buffer.alloc(32, 7),
  }),
  benign("ONNX weights in a file named ./weights.data are data only", external({ location: "./weights.data" }), {
    "weights.data": Buffer.alloc(24, 1),
  }),
  benign("an ONNX tensor of strings is data only", tensorOf([1, 2], [2, 8], [6, "a"], [6, "b"], [8, "labels"])),
  benign("an ONNX tensor of numbers without raw bytes is data only", tensorOf([1, 3], [2, 7], [7, Buffer.of(1, 2, 3)], [8, "axes"])),
  benign("an ONNX tensor of packed floats is data only", tensorOf([1, 2], [2, 1], [4, Buffer.alloc(8)], [8, "w"])),
  benign("an ONNX tensor of a scalar is data only", tensorOf([2, 1], [9, Buffer.alloc(4)], [8, "w"])),
  benign("an ONNX tensor of 4-bit numbers is data only", tensorOf([1, 3], [2, 22], [9, Buffer.alloc(2)], [8, "w"])),
  benign(
    "an ONNX attribute of unpacked floats is data only",
    onnx(graph({ nodes: [node("Elu", { attributes: [bytes(attribute("alpha"), fixed32(7, 1), fixed32(7, 2))] })] })),
  ),
  benign("ONNX metadata of words are data only", onnx(graph({}), { more: [[14, message([1, "names"], [2, "{0: 'cat', 1: 'dog'}"])]] })),
  benign("ONNX metadata with a call in a text are data only", metadata("names", "{0: 'bear (polar)', 1: \"x(y)\"}")),
  benign("ONNX metadata that nothing evaluates are data only", metadata("author", "Ultralytics (https://example.com)")),
  {
    name: "ONNX metadata that YOLOv5 evaluates, with a call, are unknown",
    kind: "dangerous",
    files: { "model.onnx": metadata("names", "exec('import os')") },
    expect: "unknown",
    reasons: ["config/expression"],
  },
  {
    name: "ONNX metadata with a text that is evaluated are unknown",
    kind: "dangerous",
    files: { "model.onnx": metadata("names", "f'{exec(1)}'") },
    expect: "unknown",
    reasons: ["config/expression"],
  },
  benign("ONNX metadata with very many quotation marks are data only", metadata("names", "\\'".repeat(500_000))),
  {
    name: "ONNX metadata of Python code are unknown",
    kind: "dangerous",
    files: { "model.onnx": onnx(graph({}), { more: [[14, message([1, "author"], [2, "__import__('os').system('id')"])]] }) },
    expect: "unknown",
    reasons: ["config/expression"],
  },
  {
    name: "ONNX weights in a file that joblib opens are unknown",
    kind: "dangerous",
    files: {
      "model.onnx": external({ location: "w.data" }),
      "w.data": Buffer.concat([Buffer.from("\u00fd7zXZ\0", "latin1"), Buffer.alloc(18)]),
    },
    expect: "unknown",
    reasons: ["joblib/compression"],
  },

  dangerous("the ONNX operator PyOp is code", onnx(graph({ nodes: [node("PyOp", { domain: "com.microsoft" })] })), "onnx/code-operator"),
  dangerous(
    "the ONNX operator PythonOp in a custom domain is code",
    onnx(graph({ nodes: [node("PythonOp", { domain: "x.y" })] })),
    "onnx/code-operator",
  ),
  dangerous("the ONNX operator ATen is code", onnx(graph({ nodes: [node("ATen", { domain: "org.pytorch.aten" })] })), "onnx/code-operator"),
  dangerous(
    "the ONNX operator EPContext, which loads machine code, is code",
    onnx(graph({ nodes: [node("EPContext", { domain: "com.microsoft" })] })),
    "onnx/code-operator",
  ),
  dangerous(
    "an ONNX operator of a custom domain is code",
    onnx(graph({ nodes: [node("Run", { domain: "evil" })] })),
    "onnx/custom-operator",
  ),
  dangerous(
    "an ONNX operator of a domain that only looks like a known one is code",
    onnx(graph({ nodes: [node("Gelu", { domain: "com.microsoft " })] })),
    "onnx/custom-operator",
  ),
  dangerous(
    "an ONNX operator of the domain __proto__ is code",
    onnx(graph({ nodes: [node("toString", { domain: "__proto__" })] })),
    "onnx/custom-operator",
  ),
  dangerous(
    "a custom ONNX operator in a subgraph is code",
    onnx(graph({ nodes: [subgraph(subgraph(node("Run", { domain: "evil" })))] })),
    "onnx/custom-operator",
  ),
  dangerous(
    "a custom ONNX operator in a list of graphs is code",
    onnx(
      graph({
        nodes: [
          node("Loop", { attributes: [attribute("bodies", [11, graph({})], [11, graph({ nodes: [node("Run", { domain: "evil" })] })])] }),
        ],
      }),
    ),
    "onnx/custom-operator",
  ),
  dangerous(
    "a custom ONNX operator in a function is code",
    onnx(graph({ nodes: [node("f", { domain: "local" })] }), {
      more: [[25, localFunction("local", "f", node("Run", { domain: "evil" }))]],
    }),
    "onnx/custom-operator",
  ),
  dangerous(
    "a custom ONNX operator in a training graph is code",
    onnx(graph({}), { more: [[20, message([2, graph({ nodes: [node("Run", { domain: "evil" })] })])]] }),
    "onnx/custom-operator",
  ),
  dangerous(
    "a custom ONNX operator in a second graph, which a parser merges, is code",
    bytes(onnx(graph({})), message([7, graph({ nodes: [node("Run", { domain: "evil" })] })])),
    "onnx/custom-operator",
  ),
  dangerous(
    "an ONNX function of one name does not define an operator of another domain",
    onnx(graph({ nodes: [node("b c", { domain: "a" })] }), { more: [[25, localFunction("a b", "c", node("Relu"))]] }),
    "onnx/custom-operator",
  ),
  dangerous("ONNX weights at a path with .. are outside the model", external({ location: "../../etc/passwd" }), "onnx/outside-path"),
  dangerous("ONNX weights at a path with .. inside are outside the model", external({ location: "a/../../b" }), "onnx/outside-path"),
  dangerous("ONNX weights at an absolute path are outside the model", external({ location: "/etc/passwd" }), "onnx/outside-path"),
  dangerous("ONNX weights at a Windows path are outside the model", external({ location: "..\\secret" }), "onnx/outside-path"),
  dangerous("ONNX weights on a drive are outside the model", external({ location: "C:secret" }), "onnx/outside-path"),
  dangerous(
    "ONNX weights at an address in memory are outside the model",
    external({ location: "*/_ORT_MEM_ADDR_/*", offset: "4096", length: "24" }),
    "onnx/outside-path",
  ),
  dangerous("ONNX weights without a location are outside the model", external({}), "onnx/outside-path"),
  dangerous(
    "an external ONNX tensor in an attribute is seen",
    onnx(graph({ nodes: [node("Constant", { attributes: [attribute("value", [5, externalTensor("w", [1], { location: "/x" })])] })] })),
    "onnx/outside-path",
  ),
  dangerous(
    "an external ONNX tensor in a sparse initializer is seen",
    onnx(graph({ more: [[15, message([1, externalTensor("w", [1], { location: "/x" })])]] })),
    "onnx/outside-path",
  ),

  {
    name: "an unknown ONNX operator of the standard domain is unknown",
    kind: "dangerous",
    files: { "model.onnx": onnx(graph({ nodes: [node("Exec")] })) },
    expect: "unknown",
    reasons: ["onnx/unknown-operator"],
  },
  {
    name: "an unknown field of an ONNX model is unknown",
    kind: "debatable",
    files: { "model.onnx": onnx(graph({}), { more: [[99, "x"]] }) },
    expect: "unknown",
    reasons: ["onnx/unknown-field"],
  },
  {
    name: "a field of an ONNX node with another wire type is unknown",
    kind: "hostile",
    files: { "model.onnx": onnx(graph({ nodes: [node("Relu", { more: [[7, 1]] })] })) },
    expect: "unknown",
    reasons: ["onnx/unknown-field"],
  },
  {
    name: "an ONNX node with two operators is unknown",
    kind: "hostile",
    files: { "model.onnx": onnx(graph({ nodes: [node("Relu", { more: [[4, "Add"]] })] })) },
    expect: "unknown",
    reasons: ["onnx/unknown-field"],
  },
  {
    name: "ONNX weights in a file that is missing are unknown",
    kind: "corrupt",
    files: { "model.onnx": external({ location: "model.onnx_data" }) },
    expect: "unknown",
    reasons: ["onnx/missing-data"],
  },
  {
    name: "ONNX weights beyond the end of their file are invalid",
    kind: "corrupt",
    files: { "model.onnx": external({ location: "w.data", offset: "16" }), "w.data": Buffer.alloc(24, 1) },
    expect: "invalid",
    reasons: ["onnx/data-range"],
  },
  corrupt("a truncated ONNX model is invalid", PLAIN.subarray(0, -30)),
  corrupt("an ONNX model that ends before its operator sets is invalid", PLAIN.subarray(0, -4)),
  corrupt("an ONNX model without a graph is invalid", message([1, 8], [8, operatorSet(17)])),
  corrupt("an ONNX model without a version is invalid", message([7, graph({})], [8, operatorSet(17)])),
  corrupt("an ONNX model of a later version is unknown", onnx(graph({}), { irVersion: 99 }), "unknown"),
  corrupt("text named as ONNX is invalid", Buffer.from("this is no model")),
  corrupt("zeros named as ONNX are invalid", Buffer.alloc(512)),
  corrupt(
    "an ONNX tensor with fewer bytes than its shape needs is invalid",
    onnx(graph({ tensors: [tensor("w", [2, 3], Buffer.alloc(20))] })),
  ),
  corrupt("an ONNX tensor with fewer numbers than its shape needs is invalid", tensorOf([1, 3], [2, 7], [7, Buffer.of(1, 2)], [8, "axes"])),
  corrupt("an ONNX tensor with fewer strings than its shape needs is invalid", tensorOf([1, 2], [2, 8], [6, "a"], [8, "labels"])),
  corrupt("an ONNX tensor whose shape overflows is invalid", tensorOf([1, 2n ** 40n], [1, 2n ** 40n], [2, 1], [9, ""], [8, "w"])),
  corrupt("an ONNX tensor with a negative dimension is invalid", tensorOf([1, -1], [2, 1], [9, ""], [8, "w"])),
  corrupt("an ONNX tensor of an unknown type is unknown", tensorOf([1, 1], [2, 77], [9, ""], [8, "w"]), "unknown"),
  corrupt(
    "an ONNX tensor in segments is unknown",
    tensorOf([1, 1], [2, 1], [3, message([1, 0])], [9, Buffer.alloc(4)], [8, "w"]),
    "unknown",
  ),
  corrupt("an external ONNX tensor with an unknown entry is unknown", external({ location: "w", basepath: "/" }), "unknown"),
  corrupt("an external ONNX tensor with an offset that is not a number is invalid", external({ location: "w", offset: "-8" })),
  corrupt("an external ONNX tensor whose length is not that of its shape is invalid", external({ location: "w", length: "1" })),
  corrupt("an ONNX node without an operator is invalid", onnx(graph({ nodes: [message([1, "x"])] }))),
  corrupt("an ONNX group is invalid", bytes(PLAIN, varint(30 * 8 + 3), varint(30 * 8 + 4))),
  corrupt("an ONNX field of the number 0 is invalid", bytes(PLAIN, 0x00, 0x00)),
  corrupt("an ONNX field of wire type 7 is invalid", bytes(PLAIN, 0x3f)),
  corrupt("an ONNX field that claims 2^62 bytes is invalid", bytes(PLAIN, varint(7 * 8 + 2), varint(2n ** 62n))),
  corrupt("an ONNX message that is longer than the one around it is invalid", onnx(bytes(graph({}), varint(5 * 8 + 2), varint(100)))),
  corrupt("a number without an end in an ONNX model is invalid", bytes(PLAIN, Buffer.alloc(20, 0xff))),
  corrupt("ONNX graphs inside graphs beyond protobuf's bound are unknown", nested(60), "unknown"),
  corrupt("an ONNX text that is not UTF-8 is unknown", onnx(graph({}), { more: [[4, Buffer.of(0xff, 0xfe)]] }), "unknown"),
];
