import { baseOf, isExample, pathWords } from "../place.ts";
import { resultsInFile } from "../results/result-file.ts";

/** Why a file that is among data, or is named so, is not the data of a model; undefined where it may well be. */
export function notData(name: string, head: string): string | undefined {
  if (isExample(name)) return "an example by its name";
  if (!/\.(?:json|txt|csv|tsv)$/i.test(name)) return undefined;
  const all = pathWords(name);
  if (all.some((word) => word === "tokenizer" || word === "tokenizers")) return "a tokenizer";
  if (all.some((word) => word === "config" || word === "configs") || OF_RUNTIME.test(head)) return "settings";
  if (all.includes("metadata") || all.some((word, index) => word === "meta" && all[index + 1] === "data")) return "settings";
  if (new Set(Array.from(head.matchAll(OF_PLACES), ([, field]) => field)).size > 1) return "a list of where data are";
  const words = pathWords(baseOf(name));
  const kind = BY_NAME.find(([, known]) => words.some((word) => known.has(word)))?.[0];
  if (kind !== undefined) return kind;
  if (/\.txt$/i.test(name) && isListOfFiles(head)) return "a list of files";
  return /\.(?:csv|tsv)$/i.test(name) && isLog(head) ? "the figures of a run, by its columns" : undefined;
}

/** Fields of DeepSpeed and Accelerate, which say how a program runs. */
const OF_RUNTIME = /"(?:zero_optimization|train_micro_batch_size_per_gpu|deepspeed_config|distributed_type)"\s{0,8}:/;

/** Fields that say where the parts of a data set are, in the lists of data that trainings read. */
const OF_PLACES =
  /"(root|annotations?|data_path|(?:image|video|media)_(?:root|folder|dir|path)|anno_path|ann_file)"\s{0,8}:\s{0,8}"[^"\n]{0,300}[/.][^"\n]{0,300}"/g;

/** Whether each line is nothing but paths of pictures, sounds or arrays. The last line of a beginning may be cut off. */
function isListOfFiles(head: string): boolean {
  const lines = head.split("\n").filter((line) => line.trim() !== "");
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return (
    whole.length > 0 &&
    whole.every((line) =>
      line
        .trim()
        .split(/\s+/)
        .every((part) => A_FILE.test(part)),
    )
  );
}

const A_FILE =
  /^[^\s,;]{1,300}\.(?:png|jpe?g|bmp|tiff?|webp|exr|gif|mp4|avi|webm|mov|wav|flac|mp3|ogg|npy|npz|hdf5|h5|pt|bin|ply|obj|pcd)$/i;

/** What is kept beside data, by words of its name. */
const BY_NAME: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["names of classes", new Set("label labels class classes classnames clsidx synset synsets categories wnids ids names".split(" "))],
  [
    "settings",
    new Set("config configs configuration settings schema manifest metadata meta package lock requirements cmakelists".split(" ")),
  ],
  ["a list of words", new Set("vocab vocabulary stopwords tokens charset".split(" "))],
  ["prompts", new Set("prompt prompts".split(" "))],
  ["a text about files", new Set("readme license notice changelog urls links filelist list lists index".split(" "))],
  ["the figures of a plot or run", new Set("plot plots fig figure figures curve curves log logs stats statistics".split(" "))],
];

/** Whether columns count the steps of a run: a training's or an analysis's. */
function isLog(head: string): boolean {
  const columns = (head.split("\n", 1)[0] ?? "")
    .toLowerCase()
    .split(/[,;\t]/)
    .map((cell) => cell.replaceAll('"', "").trim());
  return columns.some((column) => STEPS.has(column));
}

const STEPS = new Set("step steps epoch epochs iteration iter global_step loss train_loss val_loss seed lr learning_rate".split(" "));

/** Whether a table or list of fields reports results rather than holding records. */
export function isOfResults(name: string, head: string): boolean {
  return /\.(?:csv|tsv)$/i.test(name) && !isLog(head) && resultsInFile(name, head) !== undefined;
}
