import type { CheckOptions } from "../../index.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { readMoment } from "../command-line/values.ts";

type DecisionOptions = Pick<CheckOptions, "as" | "signature" | "advisories" | "at" | "failOnWarn" | "offline"> & {
  readonly at: Date;
  readonly lock?: string;
};

/** The options of commands that decide by a policy. Throws USAGE for a moment that is not one. */
export function readDecisionOptions(values: OptionValues): DecisionOptions {
  const [as, signature, lock, at] = [values.text("as"), values.text("signature"), values.text("lock"), values.text("at")];
  return {
    ...(as === undefined ? {} : { as }),
    ...(signature === undefined ? {} : { signature }),
    ...(lock === undefined ? {} : { lock }),
    advisories: values.texts("advisories"),
    at: at === undefined ? new Date() : readMoment("at", at),
    failOnWarn: values.flag("fail-on-warn") === true,
    offline: values.flag("offline") === true,
  };
}
