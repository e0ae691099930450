// Names that say how a template reaches code. They decide no more than the words: whatever is not in TEMPLATE_NAMES is refused.

/** Attributes of Python's frames, code, functions and classes that are not spelled with underscores at the front (as Jinja's sandbox lists them). */
const INTERNAL =
  /^(?:(?:gi|cr|ag)_(?:frame|code|yieldfrom|await|origin)|f_(?:back|builtins|code|globals|locals|trace)|tb_(?:frame|next)|co_\w+|func_\w+|im_\w+|mro)$/;

/** Objects of host programs and of Jinja itself, from which chat templates need nothing. */
const HOST = new Set(
  "self cycler joiner lipsum config request session g url_for get_flashed_messages current_app app environ environment".split(" "),
);

/** Functions and modules of Python that run programs or code, or load some. */
const RUNS = new Set(
  (
    "os sys subprocess builtins importlib socket shutil ctypes pickle eval exec compile open input getattr setattr globals locals " +
    "vars popen Popen system run call check_output check_call spawn execve import_module load_module resolve_name"
  ).split(" "),
);

/** Whether an attribute leads out of data: Python keeps what is its own behind underscores. */
export function isHidden(name: string): boolean {
  return name.startsWith("_") || name.includes("__") || INTERNAL.test(name);
}

export function isHostObject(name: string): boolean {
  return HOST.has(name);
}

export function runsCode(name: string): boolean {
  return RUNS.has(name);
}
