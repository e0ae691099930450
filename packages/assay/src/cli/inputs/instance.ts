import { AssayError } from "../../core/error.ts";
import type { FoundTrust, TrustQuestion } from "../../index.ts";
import type { CommandContext } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { serverAccess } from "./model-options.ts";

type NamedInstance = Pick<TrustQuestion, "trustedRoot" | "trustConfig" | "staging" | "repository">;

/** Which Sigstore instance the options name. Throws USAGE where they name two, or a repository without its root metadata. */
export function namedInstance(values: OptionValues): NamedInstance {
  const [url, root] = [values.text("tuf-url"), values.text("tuf-root")];
  if ((url === undefined) !== (root === undefined)) {
    throw new AssayError(
      "USAGE",
      "--tuf-url and --tuf-root must be given together: the repository, and the root metadata that verifies it",
      {
        hint: "for example: --tuf-url https://tuf.example.com --tuf-root root.json",
      },
    );
  }
  const isStaging = values.flag("use-staging") === true;
  const other = isStaging ? "use-staging" : (["trust-config", "trusted-root"] as const).find((name) => values.text(name) !== undefined);
  if (url !== undefined && other !== undefined) {
    throw new AssayError("USAGE", `--tuf-url and --${other} both name a Sigstore instance: give one of them`);
  }
  return {
    trustedRoot: values.text("trusted-root"),
    trustConfig: values.text("trust-config"),
    staging: values.flag("use-staging"),
    repository: url === undefined || root === undefined ? undefined : { url, root },
  };
}

/** The options that named the instance, for a suggested command that means the same one. */
export function instanceWords(values: OptionValues): readonly string[] {
  const named = (["trust-config", "trusted-root", "tuf-url", "tuf-root"] as const).flatMap((name) => {
    const value = values.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
  return [...named, ...(values.flag("use-staging") === true ? ["--use-staging"] : [])];
}

/**
 * The trusted root, and what else belongs to the instance that the options name: a file, a TUF repository,
 * the public instance, or its staging. Throws what `findTrust` throws.
 */
export async function chooseInstance(values: OptionValues, context: CommandContext): Promise<FoundTrust> {
  const named = namedInstance(values);
  const api = await import("../../api/instance.ts");
  context.onStage("looking for the trusted root");
  return api.findInstance({ ...named, ...serverAccess(context), offline: values.flag("offline") === true, cwd: context.cwd });
}
