import type { Allowlist } from "./allowlist.ts";

/**
 * What a chat template may use, by exact name: what engines offer it, and none of what leads from data to code. Sources
 * (2026-11-29): Jinja 3.1's built-in filters and tests, transformers 5.24 (`utils/chat_template_utils.py`: `tojson`,
 * `raise_exception`, `strftime_now`, the tag `generation`), llama.cpp (`common/jinja/value.cpp`), google/minja, the methods of
 * Python's str, dict and list that return data. Checked against 134 published templates.
 */
export const TEMPLATE_NAMES = {
  /** Called by name. Macros of the template itself may be called too. */
  functions: words("raise_exception strftime_now namespace range dict caller"),
  filters: words(
    "abs batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format from_json " +
      "groupby indent int items join last length list lower map max min pprint reject rejectattr replace reverse round safe " +
      "select selectattr slice sort string striptags strip sum title tojson trim truncate unique upper urlencode urlize " +
      "wordcount wordwrap xmlattr",
  ),
  tests: words(
    "boolean callable defined divisibleby eq equalto escaped even false filter float ge gt greaterthan in integer iterable le " +
      "lessthan lower lt mapping ne none number odd sameas sequence string test true undefined upper == != < <= > >=",
  ),
  /** Called on a value: of str, dict, list, and of the variable `loop`. `format` has a rule of its own; `format_map` is missing. */
  methods: words(
    "append capitalize center changed copy count cycle endswith expandtabs extend find format get index insert isalnum isalpha " +
      "isascii isdecimal isdigit islower isnumeric isspace istitle isupper items join keys ljust lower lstrip partition pop " +
      "remove removeprefix removesuffix replace reverse rfind rindex rjust rpartition rsplit rstrip setdefault sort split " +
      "splitlines startswith strip swapcase title trim update upper values zfill",
  ),
} as const;

/**
 * Variables that the user of a model fills, and not its publisher: what they hold may choose what is looked up. Any other
 * variable may be one of the publisher's: transformers hands every entry of `special_tokens_map` to the template.
 */
export const USER_VARIABLES: readonly string[] = words(
  "messages message conversation history chat tools functions builtin_tools custom_tools tool_choice documents context query " +
    "response_format json_schema",
);

function words(text: string): readonly string[] {
  return text.split(" ");
}

const SOURCE = "Jinja 3.1, transformers 5.24, llama.cpp's and minja's engines; methods of Python's str, dict and list that return data.";

/** The same, as it is printed. */
export const TEMPLATE_ALLOWLISTS: readonly Allowlist[] = Object.entries(TEMPLATE_NAMES).map(([kind, names]) => ({
  what: `${kind} that a chat template may use`,
  source: SOURCE,
  date: "2026-11-29",
  names,
}));
