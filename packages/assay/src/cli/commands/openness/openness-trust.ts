import { AssayError } from "../../../core/error.ts";
import type { Trust } from "../../../index.ts";
import type { CommandContext, VerifyMethod } from "../../command.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { readTrust } from "../../inputs/trust.ts";

/**
 * Whom the options trust to have signed; undefined where they name no signer. The method is the one that the
 * options belong to. Throws USAGE for options of two methods, or a signature without any.
 */
export async function readCoverageTrust(values: OptionValues, context: CommandContext): Promise<Trust | undefined> {
  const methods: readonly VerifyMethod[] = [
    ...(values.text("public-key") === undefined ? [] : ["key" as const]),
    ...(values.texts("certificate-chain").length === 0 ? [] : ["certificate" as const]),
    ...((values.text("identity") ?? values.text("identity-regexp")) === undefined ? [] : ["sigstore" as const]),
  ];
  const [method, other] = methods;
  if (other !== undefined) throw new AssayError("USAGE", `the options trust both by ${methods.join(" and by ")}; one method decides`);
  if (method === undefined) {
    if (values.text("signature") === undefined) return undefined;
    throw new AssayError("USAGE", "--signature needs to know whom to trust", {
      hint: "add --public-key FILE, --certificate-chain FILE, or --identity and --identity-provider",
    });
  }
  return readTrust(method, values, context);
}
