import { encodeUtf8 } from "../../../encoding/utf8.ts";
import { hasExtension } from "../../../formats/format.ts";
import { hasSignature } from "../../../formats/first-bytes.ts";
import { readHdf5, type Hdf5Content, type Hdf5Oddity } from "../../../formats/hdf5/read.ts";
import { HDF5_SIGNATURE } from "../../../formats/hdf5/superblock.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { examineKerasConfig } from "./keras/config.ts";

/** Tensors in groups; of Keras models also the configuration, of which Keras builds the layers. */
export const HDF5_EXAMINER: Examiner = {
  format: "HDF5",
  isNamed: hasExtension("h5", "hdf5", "hdf", "he5", "keras"),
  begins: (head) => hasSignature(head, HDF5_SIGNATURE),
  isDistinctive: true,
  async examine({ file, report, addFacts, leaveOut }) {
    const content = await readHdf5(file, CONFIGURATIONS);
    for (const oddity of content.oddities) reportOddity(oddity, report);
    examineAttributes(content, report);
    leaveOut("the values of datasets");
    addFacts({ tensors: content.datasets, parameters: content.elements, types: content.types, weightBytes: content.bytes });
  },
};

const ODDITIES: Readonly<Record<Hdf5Oddity["kind"], readonly [reason: ReasonId, words: string]>> = {
  "external-link": ["hdf5/external-file", "has a link to an object of another file"],
  "user-link": ["hdf5/unknown-link", "has a link of a kind that a program defines"],
  "external-storage": ["hdf5/external-file", "has a dataset in another file"],
  "virtual-dataset": ["hdf5/external-file", "has a dataset made of others, which may be in other files"],
  filter: ["hdf5/filter", "has a dataset whose filter is in a library that must be loaded"],
};

function reportOddity({ kind, path, detail }: Hdf5Oddity, report: ExamineInput["report"]): void {
  const [reason, words] = ODDITIES[kind];
  report(reason, `${words}: ${path}, ${detail}`);
}

/** Configurations of Keras: the model itself, and what it was trained with. */
const MODEL = "model_config";
const TRAINING = "training_config";
const CONFIGURATIONS: ReadonlySet<string> = new Set([MODEL, TRAINING]);
/** What PyTables and hickle write; both unpickle attributes, and arrays of objects. */
const PYTABLES = /^(?:PYTABLES_FORMAT_VERSION|PSEUDOATOM|HICKLE_VERSION|HICKLE_PYTHON_VERSION)$/;

const UNPICKLED = "is written by PyTables or hickle, which unpickle attributes";

function examineAttributes({ attributes, otherAttributes }: Hdf5Content, report: ExamineInput["report"]): void {
  for (const { name, texts, offset } of attributes) {
    if (PYTABLES.test(name)) report("hdf5/pytables", UNPICKLED, { offset });
    if (name !== MODEL && name !== TRAINING) continue;
    const [text, more] = texts;
    if (text === undefined || more !== undefined) report("hdf5/configuration", `has the attribute ${name} without one text`, { offset });
    else examineConfiguration(name, text, report);
  }
  // A program may open a model that is a group of the file.
  if ([...otherAttributes].some((name) => CONFIGURATIONS.has(name))) report("hdf5/configuration", "has a configuration in a group");
  if ([...otherAttributes].some((name) => PYTABLES.test(name))) report("hdf5/pytables", UNPICKLED);
}

function examineConfiguration(name: string, text: string, report: ExamineInput["report"]): void {
  // The configuration of the training has no class of its own: it holds the optimizer, losses and metrics.
  const whole = name === MODEL ? text : `{"class_name":"Sequential","config":{"layers":[${text}]}}`;
  examineKerasConfig(encodeUtf8(whole), report, name);
}
