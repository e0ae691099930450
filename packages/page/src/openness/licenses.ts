import { LICENSE_DATA } from "../embedded.ts";
import { licenseCatalog } from "../../../assay/src/openness/license-catalog.ts";

/** What is known of licenses, as the command knows it. */
export const LICENSES = licenseCatalog(...LICENSE_DATA);

/** What a person is offered: open licenses that are made for a kind of component. Others can be typed. */
export function suggestedLicenses(): readonly string[] {
  return LICENSES.ids.filter((id) => {
    const facts = LICENSES.exact(id);
    return facts !== undefined && facts.isOpen && !facts.isDeprecated && facts.fitFor.length > 0 && SUGGESTED.test(id);
  });
}

/** Not all of some hundred: those that models are published under, and what they are published with. */
const SUGGESTED =
  /^(?:Apache-2\.0|MIT|BSD-[23]-Clause|MPL-2\.0|(?:L|A)?GPL-[23]\.\d-(?:only|or-later)|CC-BY(?:-SA)?-4\.0|CC0-1\.0|CDLA-\w+-[12]\.0|ODC-By-1\.0|ODbL-1\.0|OpenMDW-1\.\d|ISC|Unlicense|EUPL-1\.2|GFDL-1\.3-or-later)$/;
