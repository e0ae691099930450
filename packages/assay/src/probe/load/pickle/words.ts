import type { NamedGlobal } from "../../../formats/pickle/record.ts";

/** Packages whose classes people know, for words only: nothing is decided by this table. */
const FAMILIES: readonly (readonly [package_: string, words: string])[] = [
  ["sklearn", "a scikit-learn"],
  ["xgboost", "an XGBoost"],
  ["lightgbm", "a LightGBM"],
  ["catboost", "a CatBoost"],
  ["transformers", "a Transformers"],
  ["tokenizers", "a Tokenizers"],
  ["datasets", "a Datasets"],
  ["accelerate", "an Accelerate"],
  ["peft", "a PEFT"],
  ["diffusers", "a Diffusers"],
  ["ultralytics", "an Ultralytics"],
  ["pytorch_lightning", "a PyTorch Lightning"],
  ["lightning", "a PyTorch Lightning"],
  ["fairseq", "a fairseq"],
  ["omegaconf", "an OmegaConf"],
  ["torchvision", "a torchvision"],
  ["torch", "a PyTorch"],
  ["keras", "a Keras"],
  ["tensorflow", "a TensorFlow"],
  ["pandas", "a pandas"],
  ["scipy", "a SciPy"],
  ["spacy", "a spaCy"],
  ["gensim", "a gensim"],
  ["nltk", "an NLTK"],
  ["numpy", "a NumPy"],
];

/** What the best known functions do, for words only. */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ...["os.system", "posix.system", "nt.system", "os.popen", "subprocess.getoutput"].map((name): [string, string] => [
    name,
    "runs a command",
  ]),
  ...["Popen", "call", "check_call", "check_output", "run"].map((name): [string, string] => [`subprocess.${name}`, "runs a program"]),
  ...["eval", "exec", "compile"].map((name): [string, string] => [`builtins.${name}`, "runs Python code"]),
  ["builtins.__import__", "imports any module"],
  ["builtins.getattr", "reaches any attribute"],
  ["builtins.open", "opens a file"],
  ["importlib.import_module", "imports any module"],
  ["runpy.run_path", "runs a Python file"],
  ["runpy._run_code", "runs Python code"],
  ["pickle.loads", "unpickles again"],
  ["torch.storage._load_from_bytes", "unpickles again"],
  ["webbrowser.open", "opens a browser"],
  ["socket.create_connection", "opens a connection"],
  ["pip.main", "installs packages"],
  ["copyreg._reconstructor", "makes an object of any class"],
]);

/** What a pickle does with a class or function that is not allowed: `calls os.system with a string, which runs a command`. */
export function describeGlobal({ module, name, called, isFilled }: NamedGlobal): string {
  const full = `${module}.${name}`;
  const family = FAMILIES.find(([package_]) => module === package_ || module.startsWith(`${package_}.`))?.[1];
  const isClass = /^_?[A-Z]/.test(name);
  const effect = EFFECTS.get(full);
  const tail = effect === undefined ? "" : `, which ${effect}`;
  if (family !== undefined && isClass) return `${called === undefined && !isFilled ? "names" : "builds"} ${family} ${name} (${full})`;
  if (called === undefined) return `names ${full}${tail}`;
  return isClass ? `builds ${articleFor(name)} ${name} (${full})` : `calls ${full} with ${called.given}${tail}`;
}

function articleFor(name: string): string {
  return /^_?[AEIOU]/.test(name) ? "an" : "a";
}
