import { type CompletedCommand, type CompletedOption, type Completes, type CompletionTable, meantByFirstWord } from "./table.ts";

/** The script for fish 3: a file `assay.fish` in its folder of completions. */
export function fishScript(table: CompletionTable): string {
  const { commands, firstWords, options, common } = table;
  const valued = options.filter(({ value }) => value !== undefined).flatMap(({ spellings }) => spellings);
  const groups = firstWords.filter(({ seconds }) => seconds.length > 0);
  const meant = firstWords.flatMap(({ word }) => {
    const command = meantByFirstWord(table, word);
    return command === undefined ? [] : [`        case ${word}\n            echo ${quoted(command.words.join(" "))}`];
  });
  const two = commands.filter(({ words }) => words.length === 2).map(({ words }) => quoted(words.join(" ")));
  return `# Completes assay's command lines in fish. Made by: assay completion fish

# The words before the cursor, without options and their values.
function __assay_words
    set -l pending
    set -l ended
    for word in (commandline -opc)[2..-1]
        if set -q pending[1]
            set -e pending
        else if set -q ended[1]
            echo -- $word
        else if test "$word" = --
            set ended yes
        else if string match -q -- '-?*' $word
            if contains -- (string replace -a _ - -- $word) ${valued.join(" ")}
                set pending yes
            end
        else
            echo -- $word
        end
    end
end

# The command that they call.
function __assay_called
    set -l given (__assay_words | string replace -a _ -)
    switch "$given[1] $given[2]"
        case ${two.join(" ")}
            echo "$given[1] $given[2]"
            return
    end
    switch "$given[1]"
${meant.join("\n")}
    end
end

function __assay_is
    set -l called (__assay_called)
    test "$called" = "$argv[1]"
end

# Whether the words before the cursor are these, all of them.
function __assay_at
    set -l given (__assay_words | string replace -a _ -)
    test "$given" = "$argv"
end

# Whether an argument of this command is next: its words are complete.
function __assay_argument
    set -l given (__assay_words)
    __assay_is "$argv[1]"; and test (count $given) -ge $argv[2]
end

complete -c assay -f
${firstWords.map(({ word, summary }) => `complete -c assay -n '__assay_at' -a ${word} -d ${quoted(summary)}`).join("\n")}
${groups.flatMap(({ word, seconds }) => seconds.map(({ words, summary }) => `complete -c assay -n '__assay_at ${word}' -a ${words[1] ?? ""} -d ${quoted(summary)}`)).join("\n")}
${common.flatMap((option) => optionLines("__assay_at", option)).join("\n")}
${commands.flatMap((command) => commandLines(command, condition(command))).join("\n")}
`;
}

function condition({ words }: CompletedCommand): string {
  return `__assay_is "${words.join(" ")}"`;
}

function commandLines({ words, options, argument }: CompletedCommand, is: string): string[] {
  const [before, values] =
    argument === undefined ? [undefined, ""] : [`__assay_argument "${words.join(" ")}" ${words.length}`, action(argument.completes)];
  return [
    ...(before === undefined || values === "" ? [] : [`complete -c assay -n ${quoted(before)} ${values}`]),
    ...options.flatMap((option) => optionLines(is, option)),
  ];
}

function optionLines(is: string, { spellings, help, value }: CompletedOption): string[] {
  const taken =
    value === undefined ? "" : ` ${value.completes === "file" || value.completes === "folder" ? "-r" : "-x"} ${action(value.completes)}`;
  return spellings.map((spelling) => {
    const name = spelling.startsWith("--") ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`;
    return `complete -c assay -n ${quoted(is)} ${name}${taken.trimEnd()} -d ${quoted(help)}`;
  });
}

function action(completes: Completes): string {
  if (completes === "file") return "-F";
  if (completes === "folder") return "-f -a '(__fish_complete_directories)'";
  return completes === "unknown" ? "" : `-a ${quoted(completes.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
