import { hasExtension } from "../../../formats/format.ts";
import type { Examiner } from "../examiner.ts";

const EXTENSIONS = hasExtension("py", "pyi", "pyw", "ipynb");
const NAMES = /(?:^|\/)(?:dockerfile[\w.-]*|containerfile|pipfile|setup\.cfg|pyproject\.toml)$/;

/** Programs beside a model, in source: whether something names them, folder-rules say. */
export const SOURCE_EXAMINER: Examiner = {
  format: "source code",
  mayBeEmpty: true,
  isNamed: (name) => EXTENSIONS(name) || NAMES.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ name, report }) {
    report("code/beside-model", name.toLowerCase().endsWith(".ipynb") ? "is a notebook: a program" : "is a program beside the model");
  },
};
