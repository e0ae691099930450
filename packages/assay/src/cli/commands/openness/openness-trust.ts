import { AssayError } from "../../../core/error.ts";
import type { Trust } from "../../../index.ts";
import type { CommandContext, Invocation } from "../../command.ts";
import { readTrust } from "../../inputs/read-trust.ts";

/**
 * Whom the options trust to have signed; undefined where they name nobody. The method is the one that the
 * options are of, as `verify` asks for it by a word. Throws USAGE for options of two methods, or a signature without any.
 */
export async function readCoverageTrust(invocation: Invocation, context: CommandContext): Promise<Trust | undefined> {
  const { values } = invocation;
  const methods = [
    ...(values.text("public-key") === undefined ? [] : ["key"]),
    ...(values.texts("certificate-chain").length === 0 ? [] : ["certificate"]),
    ...((values.text("identity") ?? values.text("identity-regexp")) === undefined ? [] : ["sigstore"]),
  ];
  const [method, other] = methods;
  if (other !== undefined) throw new AssayError("USAGE", `the options trust both by ${methods.join(" and by ")}; one method decides`);
  if (method === undefined) {
    if (values.text("signature") === undefined) return undefined;
    throw new AssayError("USAGE", "--signature needs to know whom to trust", {
      hint: "add --public-key FILE, --certificate-chain FILE, or --identity and --identity-provider",
    });
  }
  return readTrust({ ...invocation, spec: { ...invocation.spec, words: ["verify", method] } }, context);
}
