import { AssayError } from "../../core/error.ts";
import type { TrustQuestion } from "../../index.ts";
import type { Invocation } from "../command.ts";

type Named = Pick<TrustQuestion, "trustedRoot" | "trustConfig" | "staging" | "repository">;

/** Which Sigstore instance the options name. Throws USAGE where they name two, or a repository without its root metadata. */
export function namedInstance({ values }: Pick<Invocation, "values">): Named {
  const [url, root] = [values.text("tuf-url"), values.text("tuf-root")];
  if ((url === undefined) !== (root === undefined)) {
    throw new AssayError("USAGE", "--tuf-url and --tuf-root go together: the repository, and the root metadata that makes it trusted", {
      hint: "for example: --tuf-url https://tuf.example.com --tuf-root root.json",
    });
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
