import { AssayError } from "../../../core/error.ts";
import type { CommandContext, CommandSpec, SignMethod } from "../../command.ts";
import type { OptionName } from "../../command-line/options.ts";
import { SIGNER_OPTIONS } from "../../command-line/spec-parts.ts";
import type { OptionValues } from "../../command-line/tokens.ts";

const METHODS: readonly SignMethod[] = ["sigstore", "key", "certificate", "pkcs11-key", "pkcs11-certificate"];

/**
 * The method that signs the evidence; undefined where it stays unsigned. Its options are those of `sign` with this method, and
 * options of a signer need a method. Throws USAGE.
 */
export function readSignMethod(values: OptionValues, { commands }: Pick<CommandContext, "commands">): SignMethod | undefined {
  const method = METHODS.find((known) => known === values.text("sign"));
  const given = values.names().filter((name) => SIGNER_OPTIONS.includes(name));
  const [first] = given;
  if (method === undefined) {
    if (first === undefined) return undefined;
    throw new AssayError("USAGE", `--${first} is for signing the evidence, and --sign is missing`, {
      hint: `name the method: --sign ${METHODS.join("|")}`,
    });
  }
  const spec = commands.find(({ words }) => words[0] === "sign" && words[1] === method);
  if (spec === undefined) throw new AssayError("INTERNAL", `the command sign ${method} is missing`);
  const foreign = given.find((name) => !spec.required.includes(name) && !spec.options.includes(name));
  if (foreign !== undefined) throw new AssayError("USAGE", `--${foreign} is not an option of --sign ${method}`, { hint: see(method) });
  checkRequired(method, spec, given);
  for (const { options, why } of spec.conflicts ?? []) {
    if (options.every((name) => given.includes(name))) throw new AssayError("USAGE", `--${options[0]} and --${options[1]} ${why}`);
  }
  return method;
}

function checkRequired(method: SignMethod, { required, instead }: CommandSpec, given: readonly OptionName[]): void {
  for (const name of required) {
    const ways = [name, ...(instead?.[name] ?? [])];
    if (ways.some((way) => given.includes(way))) continue;
    throw new AssayError("USAGE", `${ways.map((way) => `--${way}`).join(" or ")} is missing: --sign ${method} needs it`, {
      hint: see(method),
    });
  }
}

function see(method: SignMethod): string {
  return `see assay sign ${method} --help`;
}
