import type { Invocation } from "../command.ts";

/** The options that named the instance, for a command that is to ask the same one. */
export function instanceWords({ values }: Pick<Invocation, "values">): readonly string[] {
  const named = (["trust-config", "trusted-root", "tuf-url", "tuf-root"] as const).flatMap((name) => {
    const value = values.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
  return [...named, ...(values.flag("use-staging") === true ? ["--use-staging"] : [])];
}
