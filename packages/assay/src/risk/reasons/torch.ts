import type { Reason } from "../reason.ts";

/** Archives of PyTorch. */
export const TORCH_REASONS = {
  "torch/script": {
    outcome: "code",
    title: "a TorchScript program",
    advice: "convert",
    meaning:
      "The archive holds a program that PyTorch compiles and runs. `torch.load` passes it to `torch.jit.load`, whatever was meant. " +
      "A program can read and write files, and its authors chose what it computes.",
    abuse: "`aten::save` and `aten::from_file`, which write and read files, are among its operators.",
  },
  "torch/mobile": {
    outcome: "code",
    title: "a PyTorch program for mobile devices",
    advice: "convert",
    meaning: "The archive holds `bytecode.pkl`: a program for the interpreter of PyTorch Mobile.",
  },
  "torch/package": {
    outcome: "code",
    title: "Python code in a package of PyTorch",
    advice: "read-code",
    meaning: "The archive was made by `torch.package`, or holds Python files: its loader executes the Python code in it.",
  },
  "torch/exported-program": {
    outcome: "unknown",
    title: "a program exported from PyTorch",
    advice: "look-at-it",
    meaning:
      "The archive holds a program of `torch.export`: a graph of operators, which Assay does not read. Its other members are " +
      "examined.",
  },
  "torch/malformed": {
    outcome: "invalid",
    title: "an archive of PyTorch that PyTorch cannot load",
    advice: "download-again",
    meaning:
      "The archive lacks a part without which PyTorch does not load it, has a part with a value that PyTorch refuses, or has more " +
      "than one folder at its top.",
  },
  "torch/storage": {
    outcome: "invalid",
    title: "a tensor whose data is missing or of another size",
    advice: "download-again",
    meaning: "`data.pkl` asks for a storage that the archive does not have, or that is smaller or larger than the tensor says.",
    abuse: "A size larger than the data makes PyTorch read beyond it (CVE-2026-24747).",
  },
  "torch/old-archive": {
    outcome: "unknown",
    title: "a file of PyTorch before 0.1.10",
    advice: "convert",
    meaning:
      "The file is the tar archive of the first versions of PyTorch. The pickles at the start of its members are examined, and not " +
      "what follows in them.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
