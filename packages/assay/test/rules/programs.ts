import type { Rule } from "./rule.ts";

const environment = { file: "src/programs/environment.ts", test: "test/programs/environment.test.ts" };

/** What other programs get of the environment. */
export const rules: readonly Rule[] = [
  {
    ...environment,
    rule: "a program gets no variable that is not named",
    text: "if (isNeeded || isAmong(name, listed))",
    replacement: "if (isNeeded || !isAmong(name, OWN_SECRETS))",
  },
  { ...environment, rule: "no plug-in's name gets it a secret of Assay's", text: " && !isAmong(name, OWN_SECRETS)", replacement: "" },
  {
    file: "src/signing/plugin/plugin-environment.ts",
    test: "test/programs/environment.test.ts",
    rule: "a plug-in gets the variables of its own service only",
    text: "OTHER_PREFIXES[service.toLowerCase()] ?? []",
    replacement: "Object.values(OTHER_PREFIXES).flat()",
  },
  {
    file: "src/signing/plugin/plugin-signer.ts",
    test: "test/signing/plugin/plugin-environment.test.ts",
    rule: "a plug-in runs in an environment of its own",
    text: "input, environment: passed,",
    replacement: "input, environment,",
  },
  {
    file: "src/programs/run-command.ts",
    test: "test/oidc/ambient.test.ts",
    rule: "the program of a CI system runs in an environment of its own",
    text: "env: programEnvironment(environment, needed)",
    replacement: "env: { ...programEnvironment(environment, needed), ...environment }",
  },
];
