import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { gguf, ggufWithTemplate } from "../../support/scan/gguf.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { LAYOUTS } from "./layouts.ts";
import { MORE_LAYOUTS } from "./more-layouts.ts";

const WEIGHTS = safetensors({ weight: { shape: [2] } });
const MODEL = { "model.safetensors": WEIGHTS, "config.json": "{}" };
const PNG = Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1");

type Wrong = readonly [
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  reason: ReasonId,
  expect: ScanCase["expect"],
  kind?: ScanCase["kind"],
];

const AUTO_MAP = '{"auto_map": {"AutoModel": "modeling_x.XModel"}}';

const WRONG: readonly Wrong[] = [
  ["with code that auto_map names", { "config.json": AUTO_MAP, "modeling_x.py": "x\n" }, "code/named", "code"],
  [
    "with code in a folder that auto_map names",
    { "config.json": '{"auto_map": {"A": "lib.modeling_y.Y"}}', "lib/modeling_y.py": "x\n" },
    "code/named",
    "code",
  ],
  [
    "with a pipeline in a file of its own",
    { "model_index.json": '{"_class_name": ["my_pipe", "P"]}', "my_pipe.py": "x\n" },
    "code/named",
    "code",
  ],
  [
    "with code for a part of a pipeline",
    { "model_index.json": '{"unet": ["my_unet", "U"]}', "unet/my_unet.py": "x\n" },
    "code/named",
    "code",
  ],
  [
    "with a module of sentence-transformers in a file",
    { "modules.json": '[{"type": "custom_st.T"}]', "custom_st.py": "x\n" },
    "code/named",
    "code",
  ],
  ["with a handler", { "handler.py": "x\n" }, "code/named", "code"],
  ["with code that generates", { "custom_generate/generate.py": "x\n" }, "code/named", "code"],
  ["with a hubconf", { "hubconf.py": "x\n" }, "code/named", "code"],
  ["with a pipeline by its name", { "pipeline.py": "x\n" }, "code/named", "code"],
  ["with code that nothing names", { "train.py": "x\n" }, "code/beside-model", "unknown"],
  ["with code of a name like one that is named", { "config.json": "{}", "not_modeling_x.py": "x\n" }, "code/beside-model", "unknown"],
  ["with a notebook", { "demo.ipynb": '{"cells": []}' }, "code/beside-model", "unknown"],
  ["with a Dockerfile", { Dockerfile: "FROM scratch\n" }, "code/beside-model", "unknown"],
  [
    "with a git-LFS pointer",
    { "model.safetensors": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12345\n` },
    "folder/lfs-pointer",
    "unknown",
    "corrupt",
  ],
  ["with a download that did not end", { "model-2.safetensors.incomplete": "x" }, "folder/incomplete-download", "unknown", "corrupt"],
  ["with a partial file", { "model-2.gguf.part": "x" }, "folder/incomplete-download", "unknown", "corrupt"],
  ["with a missing part of GGUF", { "m-00001-of-00002.gguf": gguf(), "README.md": "x" }, "folder/missing-part", "invalid", "corrupt"],
  ["with a missing part of safetensors", { "model-00002-of-00002.safetensors": WEIGHTS }, "folder/missing-part", "invalid", "corrupt"],
  ["with very many parts missing", { "model-00001-of-99999.safetensors": WEIGHTS }, "folder/missing-part", "invalid", "hostile"],
  ["with a card that is not text", { "README.md": Buffer.from([0x23, 0x20, 0x00, 0x01]) }, "text/not-text", "unknown", "debatable"],
  [
    "with a card that ends in bytes",
    { "README.md": Buffer.concat([Buffer.from("# Model\n".repeat(200_000)), Buffer.from([0x80, 0x04, 0x00])]) },
    "text/not-text",
    "unknown",
    "debatable",
  ],
  ["with an image that is not one", { "logo.png": "not a picture" }, "media/not-media", "unknown", "debatable"],
  ["with a file of an unknown kind", { "weights.foo": "some text" }, "file/unknown-format", "unknown", "debatable"],
  ["with an empty configuration", { "config.json": "" }, "file/empty", "invalid", "corrupt"],
  ["with a pickle as a card", { "README.md": Buffer.from("\x80\x04\x95\x00", "latin1") }, "file/disguised", "invalid", "dangerous"],
];

/** Notes: named, and without effect. */
const NOTED: readonly Wrong[] = [
  ["with a script in its card", { "README.md": "<script>alert(1)</script>" }, "text/active-content", "data-only"],
  ["with an event handler in its card", { "README.md": '<img src="x" onerror="alert(1)">' }, "text/active-content", "data-only"],
  [
    "with a script in an SVG image",
    { "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>' },
    "text/active-content",
    "data-only",
  ],
  ["with a list of packages", { "requirements.txt": "torch\n--extra-index-url https://example.com\n" }, "text/packages", "data-only"],
  ["that is an adapter", { "adapter_config.json": '{"base_model_name_or_path": "owner/base"}' }, "config/adapter-base", "data-only"],
];

/** Folders: plain layouts of the field, and what only a folder shows. */
export const FOLDER_CASES: readonly ScanCase[] = [
  ...Object.entries({ ...LAYOUTS, ...MORE_LAYOUTS }).map(([name, files]): ScanCase => ({
    name: `a folder ${name} is data only`,
    kind: "benign",
    files,
    expect: "data-only",
  })),
  ...[...WRONG, ...NOTED].map(([name, files, reason, expect, kind]): ScanCase => ({
    name: `a folder ${name} is ${expect}`,
    kind: kind ?? (expect === "data-only" ? "benign" : "dangerous"),
    files: { ...MODEL, ...files },
    expect,
    reasons: [reason],
  })),
  {
    name: "a card with a script in an example is data only",
    kind: "benign",
    files: { ...MODEL, "README.md": "# x\n```html\n<script>x</script>\n```\n", "logo.png": PNG },
    expect: "data-only",
  },
  {
    name: "a folder of texts only is unknown",
    kind: "debatable",
    files: { "README.md": "# x\n", LICENSE: "MIT\n", "logo.png": PNG },
    expect: "unknown",
    reasons: ["model/nothing-examined"],
  },
  {
    name: "a link out of the model is unknown",
    kind: "dangerous",
    files: MODEL,
    links: { "extra.json": "../../etc/passwd" },
    expect: "unknown",
    reasons: ["folder/link"],
  },
  {
    name: "a hostile template beside a harmless GGUF file is code",
    kind: "dangerous",
    files: { "model.gguf": ggufWithTemplate("{{ x }}"), "chat_template.jinja": "{{ x.__class__ }}" },
    expect: "code",
    reasons: ["template/hidden-attribute"],
  },
];
