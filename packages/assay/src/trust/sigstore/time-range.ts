import type { JsonNode } from "../../encoding/json.ts";
import type { ValidityPeriod } from "./validity.ts";

/** RFC 3339 as protobuf's JSON mapping has it: UTC or with an offset, any fraction. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * A `TimeRange` of a trusted root or signing configuration. The start is required: a period without
 * one would be open to all of the past. Throws the document's shape code.
 */
export function readTimeRange(node: JsonNode): ValidityPeriod {
  const end = node.optional("end");
  const period = { start: readTime(node.require("start")), end: end && readTime(end) };
  if (period.end !== undefined && period.end < period.start) node.fail(`"${node.path}" ends before it starts`);
  return period;
}

function readTime(node: JsonNode): Date {
  const text = node.string();
  const time = RFC_3339.test(text) ? new Date(text) : new Date(NaN);
  return Number.isNaN(time.getTime()) ? node.fail(`"${node.path}" is not an RFC 3339 time`) : time;
}
