/**
 * What is known of a value on the stack. The number beside it (its payload) is given in brackets; values without one
 * have 0. Lists and sets have no identity here: what they hold is never needed, as no allowed call takes one apart.
 */
export const VALUE = {
  /** A place of the memo that was never set. */
  absent: 0,
  none: 1,
  boolean: 2,
  /** [the value, NaN where it is beyond 48 bits] */
  integer: 3,
  float: 4,
  /** [place of the text, see text-place.ts] */
  text: 5,
  /** A text that begins with two underscores, or may: no attribute of that name is ever set. [place of the text] */
  specialText: 6,
  /** A text with escapes, whose characters are not worked out. */
  escapedText: 7,
  /** A string of Python 2, bytes or text as the loader chooses. [place of the text] */
  oldText: 8,
  /** [length, NaN where it is not known] */
  bytes: 9,
  bytearray: 10,
  list: 11,
  set: 12,
  frozenset: 13,
  /** [node of the heap; EMPTY_TUPLE, LARGE_TUPLE] */
  tuple: 14,
  /** [node of the heap] */
  dictionary: 15,
  /** A class or function by its name. [number of the global] */
  global: 16,
  orderedDictionary: 17,
  counter: 18,
  tensor: 19,
  parameter: 20,
  /** What a persistent id of PyTorch refers to. [number of the storage] */
  storage: 21,
  /** A numpy dtype. [node of the heap] */
  dtype: 22,
  ndarray: 23,
  /** What joblib writes before the bytes of an array. */
  arrayWrapper: 24,
  /** An instance that nothing is done with: torch.Size, torch.device, a complex number, a numpy scalar. */
  data: 25,
  /** What came of a call that is not allowed. [number of the global, -1 where none is known] */
  opaque: 26,
} as const;

/** Payloads of tuples that have no node. */
export const EMPTY_TUPLE = -1;
/** Too many items to be the arguments of an allowed call: the items are not kept. */
export const LARGE_TUPLE = -2;

/** For a person: what a call was given. */
const DESCRIPTIONS: Readonly<Record<number, string>> = {
  [VALUE.none]: "None",
  [VALUE.boolean]: "a boolean",
  [VALUE.integer]: "a number",
  [VALUE.float]: "a number",
  [VALUE.text]: "a string",
  [VALUE.specialText]: "a string",
  [VALUE.escapedText]: "a string",
  [VALUE.oldText]: "a string",
  [VALUE.bytes]: "bytes",
  [VALUE.bytearray]: "bytes",
  [VALUE.list]: "a list",
  [VALUE.set]: "a set",
  [VALUE.frozenset]: "a set",
  [VALUE.tuple]: "a tuple",
  [VALUE.dictionary]: "a dictionary",
  [VALUE.orderedDictionary]: "a dictionary",
  [VALUE.counter]: "a dictionary",
  [VALUE.global]: "a class or function",
  [VALUE.tensor]: "a tensor",
  [VALUE.parameter]: "a tensor",
  [VALUE.storage]: "a storage",
  [VALUE.dtype]: "a numpy dtype",
  [VALUE.ndarray]: "a numpy array",
  [VALUE.arrayWrapper]: "a numpy array",
  [VALUE.data]: "a value",
  [VALUE.opaque]: "what another call returned",
};

export function describeKind(kind: number): string {
  return DESCRIPTIONS[kind] ?? "a value";
}

export function isText(kind: number): boolean {
  return kind >= VALUE.text && kind <= VALUE.oldText;
}

/** Whether the payload is a node of the heap. */
export function hasNode(kind: number, payload: number): boolean {
  return kind === VALUE.dictionary || kind === VALUE.dtype || (kind === VALUE.tuple && payload >= 0);
}
