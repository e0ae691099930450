import { acceptsOption, OFFERED, offeredCommand } from "./offered.ts";
import { InputError, optionWords, type Inputs } from "./inputs.ts";

/** The words after `assay`. Models come behind `--`, so that none of them is taken for an option. Throws InputError. */
export function commandLineOf({ command, models, options }: Inputs): string[] {
  const spec = offeredCommand(command);
  if (spec === undefined) {
    const names = OFFERED.map(({ words }) => words.join(" ")).join(", ");
    throw new InputError(`the input command is one of ${names}${command === "" ? "" : `, and not ${JSON.stringify(command)}`}`);
  }
  const foreign = [...options.keys()].find((name) => !acceptsOption(spec, name));
  if (foreign !== undefined) throw new InputError(`the input ${foreign} is not for assay ${spec.words.join(" ")}`);
  const given = [...options].flatMap(([name, value]) => optionWords(name, value));
  return [...spec.words, "--json", "--no-progress", ...given, "--", ...models];
}
