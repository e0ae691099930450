import type { YamlValue } from "../../encoding/yaml.ts";
import { RULE_NAMES, type Waiver } from "../policy.ts";
import type { Faults } from "./faults.ts";
import { Fields, textOf } from "./fields.ts";
import { dateOf, digestOf, listed, startOfDay } from "./values.ts";

const MAX_DAYS = 400;
const KEYS = ["rule", "manifest", "reason", "expires", "approved-by", "issued", "ticket", "advisory"];

/** One exception. It names bytes, never a name: a model that changes is not waived. */
export function waiverOf(value: YamlValue, path: string, faults: Faults): Waiver | undefined {
  const fields = Fields.of(value, path, KEYS, faults);
  if (fields === undefined) return undefined;
  const required = <Item>(
    key: string,
    why: string,
    read: (value: YamlValue, path: string, faults: Faults) => Item | undefined,
  ): Item | undefined => {
    const given = fields.value(key);
    return given === undefined ? fields.missing(key, why) : read(given, fields.pathOf(key), faults);
  };
  const rule = fields.has("rule") ? fields.choice("rule", RULE_NAMES) : fields.missing("rule", "name the rule that is waived");
  const manifest = required("manifest", "give the manifest digest of the model", digestOf);
  const reason = fields.requiredText("reason", "say why, for those who read the decision", { min: 10, max: 1000 });
  const expires = required("expires", "give the last day", dateOf);
  const approvedBy = required("approved-by", "name those who approved it", (list, at) => listed(list, at, faults, textOf, 20));
  const issuedAt = fields.value("issued");
  const issued = issuedAt && dateOf(issuedAt, fields.pathOf("issued"), faults);
  if (issued !== undefined && expires !== undefined) checkSpan(fields, issued, expires);
  const advisory = fields.text("advisory", { max: 200 });
  if (rule === "advisories" && !fields.has("advisory"))
    fields.missing("advisory", "name the one advisory that is waived: later ones are not");
  if (rule !== undefined && rule !== "advisories" && fields.has("advisory")) {
    fields.fault("POLICY_VALUE", fields.placeOf("advisory"), `${fields.pathOf("advisory")} is only for the rule advisories`);
  }
  const ticket = fields.text("ticket", { max: 200 });
  if (rule === undefined || manifest === undefined || reason === undefined || expires === undefined || approvedBy === undefined)
    return undefined;
  return { place: fields.place, rule, manifest, reason, expires, approvedBy, issued, ticket, advisory };
}

function checkSpan(fields: Fields, issued: string, expires: string): void {
  const days = (startOfDay(expires) - startOfDay(issued)) / (24 * 60 * 60 * 1000);
  const place = fields.value("expires")?.place ?? fields.place;
  if (days < 0) fields.fault("POLICY_VALUE", place, `${fields.pathOf("expires")} is before issued`);
  if (days > MAX_DAYS) fields.fault("POLICY_VALUE", place, `${fields.pathOf("expires")} is ${days} days after issued, at most ${MAX_DAYS}`);
}
