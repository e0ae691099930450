import { nearest } from "../../core/nearest.ts";
import type { CommandSpec } from "../command.ts";
import { OPTION_TABLE, type OptionName } from "./options.ts";
import type { OptionValues } from "./tokens.ts";
import { shellCommand } from "../text/shell-quote.ts";

/** Names that other tools of this job give to options of ours, for "did you mean". */
const NAMES_ELSEWHERE: Readonly<Record<string, readonly OptionName[]>> = {
  bundle: ["signature"],
  ca: ["certificate-chain"],
  "ca-roots": ["certificate-chain"],
  cafile: ["certificate-chain"],
  "certificate-oidc-issuer": ["identity-provider"],
  "certificate-identity": ["identity"],
  issuer: ["identity-provider"],
  email: ["identity"],
  oidc: ["identity-provider"],
  output: ["output-file", "signature"],
  pin: ["expect-digest"],
  pubkey: ["public-key"],
  root: ["certificate-chain", "trusted-root"],
  signer: ["identity"],
  v: ["verbose", "version"],
};

/**
 * The options of a command that a name may have meant: the name elsewhere, an abbreviation of an option's words
 * ("pubkey", "sig", "key"), or one that is spelled almost so. The command's required ones first.
 */
export function meantOptions(name: string, own: readonly OptionName[]): readonly OptionName[] {
  const plain = name.replace(/^no-/, "");
  const elsewhere = (NAMES_ELSEWHERE[plain] ?? []).filter((option) => own.includes(option));
  if (elsewhere.length > 0) return elsewhere.slice(0, 2);
  const near = nearest(name, own) ?? nearest(plain, own);
  const abbreviated = plain.length < 2 ? [] : own.filter((option) => isAbbreviation(plain.replaceAll("-", ""), option.split("-")));
  const isNear = near === undefined ? undefined : own.find((option) => option === near);
  // An option with exactly these first letters was meant more likely than one with some of them replaced.
  if (abbreviated.length > 0 && (isNear === undefined || plain.length <= 4)) return abbreviated.slice(0, 2);
  return isNear === undefined ? [] : [isNear];
}

/** Whether the letters are beginnings of some of the words, in their order. */
function isAbbreviation(letters: string, words: readonly string[]): boolean {
  if (letters === "") return true;
  return words.some((word, index) => {
    for (let length = Math.min(word.length, letters.length); length > 0; length -= 1) {
      if (letters.startsWith(word.slice(0, length)) && isAbbreviation(letters.slice(length), words.slice(index + 1))) return true;
    }
    return false;
  });
}

/**
 * `assay verify key MODEL demo.pub`: an argument too many, where options with a file are `missing`. The command line
 * with that option spelled out, undefined where the arguments do not pair with options.
 */
export function withOptionsNamed(
  spec: CommandSpec,
  given: readonly string[],
  missing: readonly OptionName[],
  values: OptionValues,
): string | undefined {
  const own = given.slice(0, spec.arguments.length);
  const extra = given.slice(spec.arguments.length);
  const unnamed = [...missing];
  const words: string[] = [];
  for (const argument of extra) {
    const isSignature =
      /\.(?:sig|sigstore\.json)$/.test(argument) && spec.options.includes("signature") && values.text("signature") === undefined;
    const option = isSignature ? "signature" : unnamed.shift();
    if (option === undefined) return undefined;
    words.push(`--${option}`, argument);
  }
  return typedAgain(spec, [...own, ...words], values);
}

/** A command with these arguments and the options that were given, secrets aside. */
export function typedAgain(spec: CommandSpec, words: readonly string[], values: OptionValues): string {
  const kept = values.names().flatMap((name) => givenWords(name, values));
  return shellCommand(["assay", ...spec.words, ...words, ...kept]);
}

function givenWords(name: OptionName, values: OptionValues): string[] {
  const flag = values.flag(name);
  if (flag !== undefined) return [flag ? `--${name}` : `--no-${name}`];
  const texts = OPTION_TABLE[name].repeatable === true ? values.texts(name) : values.texts(name).slice(-1);
  // A password must not be printed again, nor the PIN that a PKCS#11 URI may hold.
  const shown = texts.filter((text) => !/[?&]pin-value=/i.test(text));
  return OPTION_TABLE[name].secret === true ? [] : shown.flatMap((text) => [`--${name}`, text]);
}
