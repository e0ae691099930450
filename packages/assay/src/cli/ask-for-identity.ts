import { resolve } from "node:path";
import { AssayError } from "../error.ts";
import { findSignature } from "../files/find-signature.ts";
import { inspect } from "../inspect.ts";
import type { Invocation } from "./arguments.ts";
import { shellQuote } from "./output/shell-quote.ts";

/**
 * The answer to `verify sigstore` without an identity: who claims to have signed, that nothing of it is
 * verified, and the command that verifies it. Any keyless signature would pass otherwise: everybody can
 * get a certificate, for their own name.
 *
 * Throws what reading the signature throws.
 */
export async function askForIdentity({ values, arguments: [model = ""] }: Invocation, cwd: string): Promise<AssayError> {
  const named = values.text("signature");
  const path = named ?? findSignature(resolve(cwd, model), cwd);
  const { method, claimed } = await inspect(path, { cwd });
  if (claimed.kind !== "certificate" || claimed.keyless === undefined) return otherMethod(method, model);
  const { identity, identityProvider } = claimed.keyless;
  const words = [
    "assay",
    "verify",
    "sigstore",
    model,
    "--identity",
    identity,
    "--identity-provider",
    identityProvider,
    ...(["trust-config", "trusted-root", "signature"] as const).flatMap((name) => {
      const value = values.text(name);
      return value === undefined ? [] : [`--${name}`, value];
    }),
    ...(["use-staging", "offline"] as const).flatMap((name) => (values.flag(name) === true ? [`--${name}`] : [])),
  ];
  return new AssayError(
    "IDENTITY_MISSING",
    `--identity and --identity-provider say whose signature is expected. This one claims to be by ${identity}, vouched for by ` +
      `${identityProvider}; nothing of that is verified, and everybody can sign as themselves`,
    { hint: `if that is whom you expect: ${words.map(shellQuote).join(" ")}` },
  );
}

function otherMethod(method: string, model: string): AssayError {
  const command =
    method === "key"
      ? `assay verify key ${shellQuote(model)} --public-key PUBLIC_KEY`
      : `assay verify certificate ${shellQuote(model)} --certificate-chain ROOT`;
  return new AssayError("USAGE", `this is no keyless signature: it was made with a ${method}`, { hint: `verify it with: ${command}` });
}
