import type { Expression } from "../../../formats/jinja/syntax.ts";
import type { NameFlow } from "./name-flow.ts";

const MAX_TEXT = 4096;
const MAX_DEPTH = 32;
const MAX_STEPS = 500;

/**
 * The text that an expression of constants puts together, so that a person reads the name that a template hides:
 * `"__cl" ~ "ass__"`. Undefined where it is not constant. It only finds words: what is not plain is refused without it.
 */
export function fold(expression: Expression, flow: NameFlow): string | undefined {
  let steps = 0;
  const at = (part: Expression, depth: number): string | undefined => {
    if (depth > MAX_DEPTH || ++steps > MAX_STEPS) return undefined;
    const text = textOf(part, flow, (inner) => at(inner, depth + 1));
    return text === undefined || text.length > MAX_TEXT ? undefined : text;
  };
  return at(expression, 0);
}

function textOf(expression: Expression, flow: NameFlow, inner: Inner): string | undefined {
  switch (expression.kind) {
    case "text":
      return expression.value;
    case "name": {
      const [value, ...more] = flow.valuesOf(expression.name);
      return value === undefined || more.length > 0 ? undefined : inner(value);
    }
    case "list":
      return joined(expression.items.map(inner), "");
    case "binary":
      return expression.operator === "~" || expression.operator === "+"
        ? joined([inner(expression.left), inner(expression.right)], "")
        : undefined;
    case "slice":
      return inner(expression.object)?.split("").toReversed().join("");
    case "filter":
      return filtered(expression.name, expression.operand, expression.args, inner);
    case "call":
      return expression.callee.kind === "attribute"
        ? filtered(expression.callee.name, expression.callee.object, expression.args, inner)
        : undefined;
    default:
      return undefined;
  }
}

type Inner = (part: Expression) => string | undefined;

function filtered(
  name: string,
  operand: Expression | undefined,
  args: readonly { readonly value: Expression }[],
  inner: Inner,
): string | undefined {
  if (operand === undefined) return undefined;
  const [first, second] = args.map(({ value }) => inner(value));
  if (name === "join" && operand.kind === "list") return joined(operand.items.map(inner), first ?? "");
  const text = inner(operand);
  switch (name) {
    case "join":
      return args[0]?.value.kind === "list" ? joined(args[0].value.items.map(inner), text ?? "") : text;
    case "lower":
      return text?.toLowerCase();
    case "upper":
      return text?.toUpperCase();
    case "reverse":
      return text?.split("").toReversed().join("");
    case "replace":
      return first === undefined || first === "" || second === undefined ? text : text?.replaceAll(first, second);
    case "trim":
    case "strip":
    case "string":
    case "safe":
      return text;
    case "format":
      return args.reduce<string | undefined>((out, { value }) => out?.replace(/%s|\{\d*\}/, () => inner(value) ?? "?"), text);
    default:
      return undefined;
  }
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.some((part) => part === undefined) ? undefined : parts.join(separator);
}
