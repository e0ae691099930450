import { type CompletedOption, type CompletionTable, meantByFirstWord, choicesOf } from "./table.ts";

/** The script for PowerShell 5 and 7. Not tested in the shell. */
export function powershellScript(table: CompletionTable): string {
  const { commands, firstWords, options, common } = table;
  const meant = firstWords.flatMap(({ word }) => {
    const command = meantByFirstWord(table, word);
    return command === undefined ? [] : [`    ${quoted(word)} = ${quoted(command.words.join(" "))}`];
  });
  const valued = options.filter(({ value }) => value !== undefined);
  const choices = valued.flatMap(({ spellings, value }) => {
    const words = choicesOf(value?.completes);
    return words === undefined ? [] : spellings.map((spelling) => `    ${quoted(spelling)} = ${list(words)}`);
  });
  const ofArguments = commands.flatMap(({ words, argument }) => {
    const known = choicesOf(argument?.completes);
    return known === undefined ? [] : [`    ${quoted(words.join(" "))} = ${list(known)}`];
  });
  const first = firstWords.map(({ word, summary }) => `    ${quoted(word)} = ${quoted(summary)}`);
  const second = firstWords
    .filter(({ seconds }) => seconds.length > 0)
    .map(
      ({ word, seconds }) =>
        `    ${quoted(word)} = @{ ${seconds.map(({ words, summary }) => `${quoted(words[1] ?? "")} = ${quoted(summary)}`).join("; ")} }`,
    );
  return `# Completes assay's command lines in PowerShell. Made by: assay completion powershell
$script:AssayFirst = [ordered]@{
${first.join("\n")}
}
$script:AssaySecond = @{
${second.join("\n")}
}
$script:AssayMeant = @{
${meant.join("\n")}
}
$script:AssayValued = ${list(valued.flatMap(({ spellings }) => spellings))}
$script:AssayChoices = @{
${choices.join("\n")}
}
$script:AssayOptions = @{
    '' = ${optionTable(common)}
${commands.map((command) => `    ${quoted(command.words.join(" "))} = ${optionTable(command.options)}`).join("\n")}
}
$script:AssayArguments = @{
${ofArguments.join("\n")}
}

Register-ArgumentCompleter -Native -CommandName assay -ScriptBlock {
    param($current, $line, $cursor)
    $given = @()
    $pending = ''
    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursor -and $current -ne '') { break }
        $word = $element.Extent.Text
        if ($pending) { $pending = '' }
        elseif ($word -like '-?*') { if ($script:AssayValued -contains $word.Replace('_', '-')) { $pending = $word.Replace('_', '-') } }
        else { $given += $word.Replace('_', '-') }
    }
    $called = ''
    if ($given.Count -gt 0 -and $script:AssayMeant.ContainsKey($given[0])) { $called = $script:AssayMeant[$given[0]] }
    if ($given.Count -gt 1 -and $script:AssayOptions.ContainsKey("$($given[0]) $($given[1])")) { $called = "$($given[0]) $($given[1])" }
    $found = [ordered]@{}
    if ($pending) { foreach ($choice in $script:AssayChoices[$pending]) { $found[$choice] = $choice } }
    elseif ($current -like '-*') { $found = $script:AssayOptions[$called] }
    elseif ($given.Count -eq 0) { $found = $script:AssayFirst }
    elseif ($given.Count -eq 1 -and $script:AssaySecond.ContainsKey($given[0])) { $found = $script:AssaySecond[$given[0]] }
    else { foreach ($choice in $script:AssayArguments[$called]) { $found[$choice] = $choice } }
    # Without an answer PowerShell completes files.
    $found.GetEnumerator() | Where-Object { $_.Key -like "$current*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
    }
}
`;
}

function optionTable(options: readonly CompletedOption[]): string {
  const entries = options.flatMap(({ spellings, help }) => spellings.map((spelling) => `${quoted(spelling)} = ${quoted(help)}`));
  return `[ordered]@{ ${entries.join("; ")} }`;
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
