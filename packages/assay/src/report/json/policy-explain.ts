import type { PolicyFileRead } from "../../api/policy-file.ts";
import { policySentences } from "../policy-sentences.ts";
import type { PolicyExplainDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of a policy in sentences: schemas/policy-explain.v1.json. */
export function policyExplainDocument({ policy, path }: PolicyFileRead): PolicyExplainDocument {
  const { name, uri, description = null } = policy;
  return {
    ...head("policy-explain"),
    exitCode: 0,
    policy: { path, name, uri, description },
    sections: policySentences(policy).map(({ heading, sentences }) => ({ heading, sentences })),
  };
}
