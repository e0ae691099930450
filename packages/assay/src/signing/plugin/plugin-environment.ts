import { programEnvironment, type VariableNames } from "../../programs/environment.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A person's own list of further variables for plug-ins: names, or beginnings with a `*`, with commas between. */
const LIST = "ASSAY_PLUGIN_ENVIRONMENT";

/** Where a plug-in's name is not how its service names its variables. */
const OTHER_PREFIXES: Readonly<Record<string, VariableNames>> = {
  gcp: ["GOOGLE_*", "CLOUDSDK_*", "GCE_METADATA_*"],
  azure: ["MSI_*", "IDENTITY_ENDPOINT", "IDENTITY_HEADER"],
};

/**
 * What the plug-in of a scheme gets of the environment: what every program needs, and the variables that begin
 * with its name. `awskms` gets AWSKMS_ and AWS_; another gets nothing of AWS. For all else there is a list.
 */
export function pluginEnvironment(scheme: string, environment: Environment): Environment {
  const name = scheme.replaceAll(/[^a-z0-9]/giu, "_");
  const service = name.replace(/_?kms$/iu, "");
  const names = [name, service].filter((one) => one !== "").map((one) => `${one}_*`);
  const listed = (environment[LIST] ?? "").split(",").map((one) => one.trim());
  // A list of `*` alone would be the whole environment, which must be asked for by name.
  return programEnvironment(
    environment,
    [...names, ...(OTHER_PREFIXES[service.toLowerCase()] ?? [])],
    listed.filter((one) => /^[A-Z_][A-Z0-9_]*\*?$/iu.test(one)),
  );
}
