import type { Reason } from "../reason.ts";

/** Pickles, and what carries them: legacy PyTorch, joblib, NumPy. */
export const PICKLE_REASONS = {
  "pickle/global": {
    outcome: "code",
    title: "a pickle that names a class or function that is not allowed",
    advice: "convert",
    meaning:
      "A pickle is a program: the loader imports every class and function that it names, and calls them with arguments of its choice. " +
      "Only the names that data needs are allowed, each as an exact pair of module and name. Model and estimator classes are not among " +
      "them: building one runs their code. A name counts whether it is called or not.",
    abuse:
      "`os.system` is the plain case. Lists of bad names miss the rest of the library: `pip.main` (CVE-2025-1716), submodules of a " +
      "blocked module (CVE-2025-10157), `pkgutil.resolve_name`, which reaches everything (GHSA-vvpj-8cmc-gx39), shell helpers of the " +
      "standard library (CVE-2026-56315), builtins (GHSA-h4rm-mm56-xf63), and `torch.storage._load_from_bytes`, which unpickles.",
  },
  "pickle/dotted-name": {
    outcome: "code",
    title: "a pickle that names something through attributes",
    advice: "ask-publisher",
    meaning:
      "From protocol 4 on, a dotted name is followed attribute by attribute: `numpy` and `f2py.os.system` is `os.system`. Names of data " +
      "have no dots. A nested class also has one, and is code as any other class.",
    abuse: "An allowed module opens the way to all that it imports (GHSA-5j3x-jp52-966f).",
  },
  "pickle/computed-name": {
    outcome: "code",
    title: "a pickle that names something by a value that is not plain text",
    advice: "ask-publisher",
    meaning:
      "STACK_GLOBAL takes module and name from the stack. A writer puts two strings there; here they come from a call, are spelled with " +
      "escapes, are not text, or are longer than any name. What is imported cannot be told.",
    abuse: "Scanners that look for the last two strings of the stream see another name than the one that is imported.",
  },
  "pickle/computed-call": {
    outcome: "code",
    title: "a pickle that calls what another call returned",
    advice: "ask-publisher",
    meaning: "A loader calls what is on the stack. Here that is not a named class or function, so that it cannot be told what is called.",
    abuse: "`getattr` and its kind return any function under no name.",
  },
  "pickle/call": {
    outcome: "unknown",
    title: "a pickle that calls an allowed name as no data does",
    advice: "look-at-it",
    meaning:
      "Allowed functions rebuild tensors, arrays and plain containers. They are understood with the arguments that their own writers " +
      "give them, in number and type. These are others.",
    abuse: "A function that is harmless with a storage may not be with something else; `_rebuild_from_type_v2` calls what it is given.",
  },
  "pickle/codec": {
    outcome: "code",
    title: "a pickle that encodes text by another codec than latin1",
    advice: "ask-publisher",
    meaning: "`_codecs.encode` with latin1 is how protocol 2 writes bytes. Other codecs compute: they decompress, decode and rename.",
    abuse: "Names and programs are hidden from a scanner, and computed while the pickle is loaded.",
  },
  "pickle/target": {
    outcome: "code",
    title: "a pickle that changes a class or function, or fills what takes nothing",
    advice: "ask-publisher",
    meaning:
      "BUILD gives an object its state, and the item opcodes fill it, both by calling its methods. Data fills lists, sets and " +
      "dictionaries, and gives state to tensors, arrays and OrderedDict. State for a class or function changes it for the whole program.",
    abuse:
      "BUILD on `numpy.size` replaces its code (modelscan issue 330); items for an object of another class corrupt memory (CVE-2026-24747).",
  },
  "pickle/state": {
    outcome: "code",
    title: "a pickle that gives an object state that it does not have",
    advice: "ask-publisher",
    meaning:
      "The state of an object is a dictionary of plain attribute names, or what its class writes. Attributes with two underscores, state " +
      "that was computed, and state that does not fit the class are refused.",
    abuse: "An attribute `__setstate__` is a function that the loader calls; a dtype whose state gives a wrong size reads foreign memory.",
  },
  "pickle/object-dtype": {
    outcome: "unknown",
    title: "a numpy array of Python objects",
    advice: "convert",
    meaning:
      "An array of objects is not numbers but a pickle in disguise: numpy refuses to load one unless it is asked to. The pickle in it is " +
      "read like any other, and what it names is reported.",
    abuse:
      "An object array in a `.npy` file runs code when it is loaded with `allow_pickle=True`; joblib unpickles it always (GHSA-m62q-453p-gv66).",
  },
  "pickle/persistent-id": {
    outcome: "unknown",
    title: "a pickle with a persistent id of an unknown kind",
    advice: "look-at-it",
    meaning:
      "A persistent id is resolved by the program that loads the pickle. PyTorch's are known, `('storage', class, key, location, count)`, " +
      "in the files that PyTorch loads. Others are not.",
  },
  "pickle/extension": {
    outcome: "unknown",
    title: "a pickle that names something by a number",
    advice: "look-at-it",
    meaning: "EXT1, EXT2 and EXT4 name a class or function by its number in a registry of the program that loads it.",
    abuse: "`copyreg.add_extension` fills the registry, and a scanner that reads names sees none.",
  },
  "pickle/out-of-band": {
    outcome: "unknown",
    title: "a pickle with data that is not in the file",
    advice: "look-at-it",
    meaning: "NEXT_BUFFER takes bytes that the program that loads the pickle gives with it.",
  },
  "pickle/protocol": {
    outcome: "unknown",
    title: "a pickle of an unknown protocol",
    advice: "look-at-it",
    meaning: "The protocols of pickle are 0 to 5. A later one may have opcodes that mean something else.",
  },
  "pickle/disagreement": {
    outcome: "unknown",
    title: "a pickle that its readers read differently",
    advice: "ask-publisher",
    meaning:
      "Python has two readers of pickles, in C and in Python, and joblib and PyTorch have their own. They agree on all that writers " +
      "write. Here is something that one accepts and another does not: an odd spelling of a number, a value across the end of a frame.",
    abuse: "What stops a scanner that is built on one reader does not stop the other.",
  },
  "pickle/two-readings": {
    outcome: "unknown",
    title: "a file that is one thing to joblib and another to pickle",
    advice: "ask-publisher",
    meaning:
      "joblib writes the bytes of an array into the stream, behind a padding at which a pickle reader ends with an error. Here the padding " +
      "is missing, and the bytes are opcodes that do more than end with an error.",
    abuse: "A program that loads the file with `pickle.load` runs the array.",
  },
  "pickle/after-stop": {
    outcome: "unknown",
    title: "bytes behind the end of a pickle",
    advice: "ask-publisher",
    meaning:
      "Bytes follow the STOP of the last pickle, and are not another one. Most loaders ignore them; what they are for cannot be told.",
    abuse: "A file can be a pickle from its start and an archive from its end.",
  },
  "pickle/too-large": {
    outcome: "unknown",
    title: "a pickle beyond the bounds of the reader",
    advice: "look-at-it",
    meaning:
      "The stack and the memo of a pickle hold at most a million values each, and lines, names and opcodes have their bounds too. The " +
      "finding says which was met.",
    abuse: "A scanner that gives up where a loader does not can be fed until it gives up.",
  },
  "pickle/malformed": {
    outcome: "invalid",
    title: "a pickle that no loader reads to its end",
    advice: "download-again",
    meaning:
      "The stream is truncated, has a byte that is not an opcode, or takes values that are not there. A loader ends with an error, after it has " +
      "run what came before: what that names is reported beside this.",
    abuse: "A pickle that is broken behind its payload has run it by then; scanners that fail on the broken part have reported nothing.",
  },
  "torch/legacy-layout": {
    outcome: "invalid",
    title: "a PyTorch file of the first format that is not complete",
    advice: "download-again",
    meaning:
      "The first format of `torch.save` is five pickles in a row and the raw bytes of the storages, each behind its count. Keys, counts " +
      "and bytes do not fit together.",
  },
  "torch/also-tar": {
    outcome: "unknown",
    title: "a PyTorch file that is also a tar archive",
    advice: "ask-publisher",
    meaning: "`torch.load` tries the old tar format first, and the first bytes of this file are a valid tar header.",
    abuse: "What is read as one format is loaded as another.",
  },
  "numpy/malformed": {
    outcome: "invalid",
    title: "a NumPy file whose header does not describe it",
    advice: "download-again",
    meaning: "The header of a `.npy` file is a Python dictionary of literals: dtype, order, shape. It must fit the bytes that follow.",
  },
  "numpy/not-understood": {
    outcome: "unknown",
    title: "a NumPy file with a dtype or bytes that are not understood",
    advice: "look-at-it",
    meaning: "The dtype is not spelled as numpy spells it, the version is unknown, or bytes follow the array.",
  },
  "joblib/compression": {
    outcome: "unknown",
    title: "a joblib file that is compressed in a way that is not opened",
    advice: "look-at-it",
    meaning: "zlib and gzip are opened, up to a bound on the bytes that come out. bz2, xz, lzma and lz4 are not.",
    abuse: "A few kilobytes can become gigabytes in memory; a scanner that skips what it cannot open reports nothing.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
