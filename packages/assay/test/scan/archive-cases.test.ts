import { testCases } from "../support/scan/test-cases.ts";
import { CASES_OF_ARCHIVES } from "./cases/of-archives.ts";

testCases(CASES_OF_ARCHIVES);
