// Names that make a list of allowed names worth nothing. They are only warned of: nothing is decided by this list, and what is
// not on it is not thereby harmless.

/** Modules of which every function runs programs, reaches files and memory, or imports and unpickles what it is given. */
const MODULES: ReadonlySet<string> = new Set(
  (
    "os posix nt subprocess _posixsubprocess sys importlib runpy pty commands popen2 shutil ctypes _ctypes cffi code codeop pickle _pickle " +
    "cPickle dill cloudpickle joblib marshal shelve socket ssl http urllib urllib2 urllib3 requests ftplib smtplib telnetlib webbrowser " +
    "asyncio multiprocessing threading _thread concurrent pip ensurepip venv pdb bdb trace timeit cProfile profile doctest pydoc " +
    "inspect gc types platform pkgutil zipimport zipapp tempfile pathlib fileinput distutils setuptools paramiko fabric"
  ).split(" "),
);

/** Single names of modules that have harmless ones, too. */
const NAMES: ReadonlySet<string> = new Set([
  ...[
    "eval",
    "exec",
    "execfile",
    "compile",
    "__import__",
    "open",
    "getattr",
    "setattr",
    "delattr",
    "globals",
    "locals",
    "vars",
    "input",
    "apply",
  ].map((name) => `builtins.${name}`),
  "operator.attrgetter",
  "operator.methodcaller",
  "operator.itemgetter",
  "functools.partial",
  "functools.reduce",
  "copyreg.__newobj_ex__",
  "torch.load",
  "torch.hub.load",
  "torch.jit.load",
  "torch.storage._load_from_bytes",
  "torch.package.PackageImporter",
  "torch.utils.cpp_extension.load",
  "torch.utils.cpp_extension.load_inline",
  "numpy.load",
  "numpy.f2py.compile",
  "numpy.testing._private.utils.runstring",
  "pandas.read_pickle",
  "pandas.eval",
  "yaml.load",
  "yaml.unsafe_load",
  "keras.layers.Lambda",
  "tensorflow.io.read_file",
  "tensorflow.io.write_file",
  "transformers.AutoModel.from_pretrained",
]);

/** Whether a name, allowed, lets a file do anything. */
export function grantsEverything(name: string): boolean {
  if (NAMES.has(name)) return true;
  const [package_ = ""] = name.split(".");
  return MODULES.has(package_) && !HARMLESS.has(name);
}

/** Of the modules above: what makes a value and no more. */
const HARMLESS: ReadonlySet<string> = new Set([
  "pathlib.Path",
  "pathlib.PosixPath",
  "pathlib.PurePath",
  "pathlib.PurePosixPath",
  "pathlib.WindowsPath",
  "pathlib.PureWindowsPath",
  "types.SimpleNamespace",
  "joblib.numpy_pickle.NumpyArrayWrapper",
  "threading.Lock",
  "urllib.parse.ParseResult",
]);
