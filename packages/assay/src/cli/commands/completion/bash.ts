import { type CompletedCommand, type Completes, type CompletionTable, meantByFirstWord } from "./table.ts";

/** The script for bash 3.2 and newer; it needs no other package. */
export function bashScript(table: CompletionTable): string {
  const { commands, firstWords, options, common } = table;
  const valued = options.filter(({ value }) => value !== undefined);
  const groups = firstWords.filter(({ seconds }) => seconds.length > 0);
  const called = [...firstWords].flatMap(({ word }) => {
    const meant = meantByFirstWord(table, word);
    return meant === undefined ? [] : [`    ${word}) called=${quoted(meant.words.join(" "))} ;;`];
  });
  const two = commands.filter(({ words }) => words.length === 2).map(({ words }) => quoted(words.join(" ")));
  return `# Completes assay's command lines in bash. Made by: assay completion bash
_assay() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} pending= ended= index word
  local -a given
  given=()
  COMPREPLY=()
  # The words before this one, without options and their values. bash takes --option=value for three words.
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $pending ]]; then
      [[ $word == = ]] || pending=
    elif [[ $ended ]]; then
      given+=("$word")
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == = ]]; then
      pending=-
    elif [[ $word == -?* ]]; then
      case \${word//_/-} in
        ${alternatives(valued.flatMap(({ spellings }) => spellings))}) pending=\${word//_/-} ;;
      esac
    else
      given+=("$word")
    fi
  done
  if [[ $current == = ]]; then
    current=
    [[ $pending ]] || return
  fi

  if [[ $pending ]]; then
    case $pending in
${valued.map(({ spellings, value }) => `      ${alternatives(spellings)}) ${action(value?.completes ?? "unknown")} ;;`).join("\n")}
    esac
    return
  fi

  local called= first=\${given[0]-} second=\${given[1]-}
  first=\${first//_/-} second=\${second//_/-}
  case $first in
${called.join("\n")}
  esac
  case "$first $second" in
    ${two.join(" | ")}) called="$first $second" ;;
  esac

  if [[ ! $ended && $current == -* ]]; then
    case $called in
${commands.map((command) => `      ${quoted(command.words.join(" "))}) _assay_words ${quoted(spellingsOf(command))} ;;`).join("\n")}
      *) _assay_words ${quoted(common.flatMap(({ spellings }) => spellings).join(" "))} ;;
    esac
    return
  fi
  case \${#given[@]}:$first in
    0:*) _assay_words ${quoted(firstWords.map(({ word }) => word).join(" "))} && return ;;
${groups.map(({ word, seconds }) => `    1:${word}) _assay_words ${quoted(seconds.map(({ words }) => words[1]).join(" "))} ;;`).join("\n")}
  esac
  [[ \${#given[@]} == 1 && $called == *' '* ]] && return
  case $called in
${commands.flatMap(argumentCase).join("\n")}
  esac
}

_assay_words() { # the words, in one
  COMPREPLY+=($(compgen -W "$1" -- "$current"))
}

# Outside of a completion, and in bash 3, compopt does not work.
_assay_files() {
  compopt -o default 2>/dev/null || _assay_paths -f
}

_assay_folders() {
  compopt -o dirnames 2>/dev/null || _assay_paths -d
}

# bash puts these words in as they are: a name could hold a command.
_assay_paths() {
  local path
  while IFS= read -r path; do COMPREPLY+=("$(printf %q "$path")"); done < <(compgen "$1" -- "$current")
}

complete -F _assay assay
`;
}

function argumentCase({ words, argument }: CompletedCommand): string[] {
  return argument === undefined || argument.completes === "unknown"
    ? []
    : [`    ${quoted(words.join(" "))}) ${action(argument.completes)} ;;`];
}

function action(completes: Completes): string {
  if (completes === "file") return "_assay_files";
  if (completes === "folder") return "_assay_folders";
  return completes === "unknown" ? ":" : `_assay_words ${quoted(completes.join(" "))}`;
}

function spellingsOf({ options }: CompletedCommand): string {
  return options.flatMap(({ spellings }) => spellings).join(" ");
}

function alternatives(words: readonly string[]): string {
  return words.join(" | ");
}

/** Commands, options and choices have letters, digits and hyphens only. */
function quoted(words: string): string {
  return `'${words}'`;
}
