import type { RestrictionKind } from "../../src/openness/license.ts";

/** A text of the same kind as an agreement that is not at hand: its name, a grant, and the restriction that it has. */
export function madeAgreement(name: string, kind: RestrictionKind): string {
  return `${name}\n\n${GRANT}\n\n${RESTRICTIONS[kind] ?? NOT_APPROVED}\n\n${END}\n`;
}

const GRANT = `1. Definitions
"Licensor" means the developer of the Model that distributes its parameters under this document. "Model" means the parameters, the code to run them and what is written about them. "You" means a person or a company that uses it.

2. Grant
Subject to what follows, the Licensor gives You a worldwide, royalty-free, non-exclusive copyright license to run, copy, change and pass on the Model.`;

const END = `4. Disclaimer
The Model comes as it is, and the Licensor gives no warranty and is not liable for any damage from its use.

5. End
The rights given to You end when You break any of these terms, and You then delete all copies of the Model.`;

const NOT_APPROVED = `3. Conditions
You keep this notice in each copy. The name of the Licensor may not be used to promote what You made from the Model without consent in writing. Use has to follow the laws of the country of the Licensor.`;

const RESTRICTIONS: Partial<Readonly<Record<RestrictionKind, string>>> = {
  "non-commercial": `3. Restriction
The Model is for academic research only. You will not use the Model, its outputs or anything derived from it for commercial purposes, nor for the military. For a commercial license, register with the Licensor.`,
  "user-cap": `3. Additional Commercial Terms
If the products of You or Your affiliates had more than 100 million active users in the month before, You must request a license from the Licensor, which it may grant at its discretion. You may not use the outputs of the Model to improve any other large language model.`,
  "field-of-use": `3. Use-based Restrictions
You agree not to use the Model or derivatives of it in a way that breaks any law, to harm minors, to spread false information, to give medical advice, or for military purposes. You shall pass on the same restrictions to each of Your users.`,
};
