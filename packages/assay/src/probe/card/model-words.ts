/** The words by which a model is called: names of pages that hold one of them are pages of it. */
export class ModelWords {
  readonly #words: ReadonlySet<string>;
  readonly #joined: readonly string[];
  readonly #names: readonly (readonly string[])[];

  /** `names`: the model's folder, the title of its card. */
  constructor(names: readonly (string | undefined)[]) {
    const short = names.flatMap((name) => (name === undefined ? [] : [titleOf(name)]));
    this.#words = new Set(short.flatMap(wordsOf).filter((word) => word.length >= MIN_WORD && !GENERAL.has(word)));
    this.#names = short
      .map((name) => wordsOf(name).filter((word) => !GENERAL.has(word)))
      .filter((name) => name.join("").length >= MIN_WORD);
    this.#joined = short.map((name) => wordsOf(name).join("")).filter((name) => name.length >= MIN_JOINED && !GENERAL.has(name));
  }

  /** Whether a text has a name of the model whole: all its words, or the name written as one. */
  areAllIn(text: string): boolean {
    const words = new Set(wordsOf(text));
    const joined = [...words].join("");
    return this.#names.some((name) => name.every((word) => words.has(word))) || this.#joined.some((own) => joined.includes(own));
  }

  /** Whether a name has a word of the model's, or the model's name written as one. */
  areIn(name: string): boolean {
    const words = wordsOf(name);
    const joined = words.join("");
    return (
      words.some((word) => this.#words.has(word)) ||
      this.#joined.some((own) => joined.includes(own)) ||
      [...this.#words].some((word) => word.length >= MIN_JOINED && joined.includes(word))
    );
  }
}

const MIN_WORD = 2;
const MIN_JOINED = 4;
const MAX_TITLE_WORDS = 4;

/** Words in the names of many models. */
const GENERAL: ReadonlySet<string> = new Set(
  (
    "model models llm llms lm language large small base tiny chat instruct train training inference code official open pytorch jax the a an of for to with and in on " +
    "release repository repo deep learning neural network networks text image images video audio speech vision main master pretrained pre trained family series ai ml nlp " +
    "introduction readme card welcome what is about v1 v2 v3 new data dataset"
  ).split(" "),
);

/** Without what explains a name: `DINOv2: Learning Robust Features` is called DINOv2. */
function titleOf(name: string): string {
  const [first = ""] = name.split(/[:–—(|,]|\s-\s/);
  const words = first.trim().split(/\s+/);
  return words.slice(0, MAX_TITLE_WORDS).join(" ");
}

function wordsOf(name: string): string[] {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
