// The types of licenses.json and licenses-models.json: TypeScript would take their literals for any text and boolean.
import type { LicenseData } from "../../dist/openness/index.js";

declare const data: LicenseData;
export default data;
