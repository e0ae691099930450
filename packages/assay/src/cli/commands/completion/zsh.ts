import { type CompletedCommand, type CompletedOption, type Completes, type CompletionTable, meantByFirstWord } from "./table.ts";

/** The script for zsh 5: a file `_assay` in a folder of `$fpath`, or sourced after `compinit`. */
export function zshScript(table: CompletionTable): string {
  const { commands, firstWords, common } = table;
  const groups = firstWords.filter(({ seconds }) => seconds.length > 0);
  const meant = firstWords.flatMap(({ word }) => {
    const command = meantByFirstWord(table, word);
    return command === undefined ? [] : [`    ${word}) called=${quoted(command.words.join(" "))} ;;`];
  });
  const two = commands.filter(({ words }) => words.length === 2).map(({ words }) => quoted(words.join(" ")));
  return `#compdef assay
# Completes assay's command lines in zsh. Made by: assay completion zsh
_assay() {
  local called first=\${words[2]//_/-} second=\${words[3]//_/-} own=1
  local -a choices
  if (( CURRENT == 2 )) && [[ $first != -* ]]; then
    choices=(
${firstWords.map(({ word, summary }) => `      ${quoted(`${word}:${summary}`)}`).join("\n")}
    )
    _describe -t commands command choices
    return
  fi
  case $first in
${meant.join("\n")}
  esac
  if (( CURRENT > 3 )); then
    case "$first $second" in
      ${two.join(" | ")}) called="$first $second" own=2 ;;
    esac
  elif [[ $second != -* ]]; then
    case $first in
${groups.map(({ word, seconds }) => secondsCase(table, word, seconds)).join("\n")}
    esac
  fi
  # What follows the command's words is completed as if the last of them were a program.
  if [[ -n $called ]]; then
    shift $own words
    (( CURRENT -= own ))
  fi
  case $called in
${commands.map((command) => argumentsCase(quoted(command.words.join(" ")), command.options, command.argument)).join("\n")}
${argumentsCase("*", common, undefined)}
  esac
}

if [[ $funcstack[1] == _assay ]]; then
  _assay "$@"
else
  compdef _assay assay
fi
`;
}

/** The second words; where the first word alone is a command, its arguments too. */
function secondsCase(table: CompletionTable, word: string, seconds: readonly CompletedCommand[]): string {
  const choices = seconds.map(({ words, summary }) => `          ${quoted(`${words[1] ?? ""}:${summary}`)}`).join("\n");
  const isCommand = meantByFirstWord(table, word)?.words.length === 1;
  return `      ${word})
        choices=(
${choices}
        )
        _describe -t commands command choices
        ${isCommand ? "" : "return "};;`;
}

function argumentsCase(label: string, options: readonly CompletedOption[], argument: CompletedCommand["argument"]): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...(argument === undefined ? [] : [quoted(`*:${argument.name}:${action(argument.completes)}`)]),
  ];
  return `    ${label})
      _arguments -S \\
${specs.map((spec) => `        ${spec}`).join(" \\\n")}
      ;;`;
}

/** As `_arguments` takes them: a long option with `=` takes its value behind it or as the next word. */
function optionSpecs({ spellings, help, value, repeatable }: CompletedOption): string[] {
  const others = repeatable ? "*" : `(${spellings.join(" ")})`;
  return spellings.map((spelling) => {
    const end = value === undefined ? "" : spelling.startsWith("--") ? "=" : "+";
    const taken = value === undefined ? "" : `:${value.name.replace(":", "\\:")}:${action(value.completes)}`;
    return quoted(`${others}${spelling}${end}[${help.replace(/[\\[\]]/g, "\\$&")}]${taken}`);
  });
}

function action(completes: Completes): string {
  if (completes === "file") return "_files";
  if (completes === "folder") return "_files -/";
  return completes === "unknown" ? " " : `(${completes.join(" ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
