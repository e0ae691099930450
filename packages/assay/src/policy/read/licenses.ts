import type { YamlValue } from "../../encoding/yaml.ts";
import type { LicenseTerm } from "../policy.ts";
import { LICENSE_CATEGORIES } from "./choices.ts";
import type { Faults } from "./faults.ts";
import { suggestion, textOf } from "./fields.ts";

/** An SPDX identifier, also one `WITH` an exception, a name of one's own (`LicenseRef-...`), or a category: `@non-commercial`. */
export function licenseTermOf(value: YamlValue, path: string, faults: Faults): LicenseTerm | undefined {
  const text = textOf(value, path, faults, { max: 200 });
  if (text === undefined) return undefined;
  if (!text.startsWith("@")) {
    if (/^[A-Za-z0-9.:+-]+(?: WITH [A-Za-z0-9.-]+)?$/i.test(text)) return { kind: "license", id: text };
    const why = "expected one SPDX identifier, such as Apache-2.0: AND and OR are read in what a model says";
    return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(text)}: ${why}`);
  }
  const category = LICENSE_CATEGORIES.find((known) => `@${known}` === text);
  if (category !== undefined) return { kind: "category", category };
  const hint = suggestion(
    text,
    LICENSE_CATEGORIES.map((known) => `@${known}`),
  );
  return faults.add("POLICY_VALUE", value.place, `${path} is the unknown category ${text}: ${hint}`);
}
