import { resolve } from "node:path";
import { AssayError } from "../../core/error.ts";
import { nearest } from "../../core/nearest.ts";
import type { Invocation } from "./arguments.ts";
import type { CommandSpec } from "../commands.ts";
import type { OptionValues } from "./option-values.ts";
import { OPTION_TABLE, type OptionName } from "./options.ts";
import { shellCommand } from "../text/shell-quote.ts";
import { glanceAt } from "../inputs/places.ts";

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
 * `assay verify key MODEL demo.pub`: an argument too many where an option with a file is missing. The command line
 * with that option spelled out, undefined where the arguments do not pair with options.
 */
export function withOptionsNamed(spec: CommandSpec, given: readonly string[], values: OptionValues): string | undefined {
  const own = given.slice(0, spec.arguments.length);
  const extra = given.slice(spec.arguments.length);
  const missing = missingOptions(values, spec);
  const words: string[] = [];
  for (const argument of extra) {
    const isSignature =
      /\.(?:sig|sigstore\.json)$/.test(argument) && spec.options.includes("signature") && values.text("signature") === undefined;
    const option = isSignature ? "signature" : missing.shift();
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

/** The required options that were not given, nor one in their place. */
export function missingOptions(values: OptionValues, spec: CommandSpec): OptionName[] {
  return spec.required.filter((name) => [name, ...(spec.instead?.[name] ?? [])].every((way) => values.texts(way).length === 0));
}

function givenWords(name: OptionName, values: OptionValues): string[] {
  const flag = values.flag(name);
  if (flag !== undefined) return [flag ? `--${name}` : `--no-${name}`];
  const texts = OPTION_TABLE[name].repeatable === true ? values.texts(name) : values.texts(name).slice(-1);
  // A password must not be printed again, nor the PIN that a PKCS#11 URI may hold.
  const shown = texts.filter((text) => !/[?&]pin-value=/i.test(text));
  return OPTION_TABLE[name].secret === true ? [] : shown.flatMap((text) => [`--${name}`, text]);
}

/** `assay verify help`: help was meant where no model of that name is there. */
export function asksForHelp({ spec, arguments: given, methodNamed }: Invocation, cwd: string): readonly string[] | undefined {
  if (given.length !== 1 || given[0] !== "help" || spec.words[0] === "help") return undefined;
  if (glanceAt(resolve(cwd, "help")) !== undefined) return undefined;
  return methodNamed ? spec.words : spec.words.slice(0, 1);
}

/**
 * A model named by its address (https, hf:, s3:, …) or by its name on a hub, where a folder or file is asked for and
 * none of that name is there. Throws FILE_NOT_FOUND.
 */
export function checkLocal({ spec, arguments: given }: Invocation, cwd: string): void {
  for (const [index, word] of given.entries()) {
    if (spec.arguments[Math.min(index, spec.arguments.length - 1)]?.isPath !== true || glanceAt(resolve(cwd, word)) !== undefined) continue;
    const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(word) ?? [];
    const hubName = HUB_NAME.exec(word)?.[1];
    if (scheme === undefined && hubName === undefined) continue;
    // A path into a folder that is here is a mistyped path, not a name on a hub.
    if (scheme === undefined && glanceAt(resolve(cwd, word.split("/")[0] ?? "")) !== undefined) continue;
    const message =
      scheme === undefined
        ? `"${word}" is not a folder or file here, and this version reads no model from a hub`
        : `"${word}" is an address, and this version reads local folders and files only`;
    throw new AssayError(
      "FILE_NOT_FOUND",
      message,
      hubName === undefined
        ? { hint: "download it first, and name the folder or file" }
        : {
            suggestion: {
              lead: "download it first, for example with",
              line: shellCommand(["hf", "download", hubName, "--local-dir", hubName.split("/")[1] ?? hubName]),
            },
          },
    );
  }
}

/** `owner/name`, as the hub has it, alone or in one of its addresses. */
const HUB_NAME =
  /^(?:hf:(?:\/\/)?|https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/)?([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@[\w./-]+|\/(?:tree|blob|resolve)\/[^?#]*)?\/?$/;
