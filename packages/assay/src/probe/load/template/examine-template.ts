import type { Argument, Expression, Template } from "../../../formats/jinja/syntax.ts";
import { TEMPLATE_NAMES } from "../../../risk/allowed/template-names.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import { fold } from "./fold.ts";
import { NameFlow, within } from "./name-flow.ts";
import { isHidden, isHostObject, runsCode } from "./words.ts";

/** What a template would do beyond turning messages into text. */
export interface TemplateFinding {
  readonly reason: ReasonId;
  /** `reads the attribute __class__`. */
  readonly what: string;
  /** What is not allowed: a function, a filter, an attribute. */
  readonly name: string | undefined;
}

const FUNCTIONS = new Set<string>(TEMPLATE_NAMES.functions);
const FILTERS = new Set<string>(TEMPLATE_NAMES.filters);
const TESTS = new Set<string>(TEMPLATE_NAMES.tests);
const METHODS = new Set<string>(TEMPLATE_NAMES.methods);
/** Which argument of a filter names an attribute. */
const ATTRIBUTE_AT: ReadonlyMap<string, number> = new Map(
  Object.entries({ selectattr: 0, rejectattr: 0, groupby: 0, sum: 0, join: 1, unique: 1, min: 1, max: 1, sort: 2 }),
);
/** Which argument of a filter names a test or another filter. */
const TEST_AT: ReadonlyMap<string, number> = new Map(Object.entries({ select: 0, reject: 0, selectattr: 1, rejectattr: 1 }));
/** A field of `str.format` that reads an attribute or an item. */
const FORMAT_ACCESS = /\{[^{}]*[.[]/;

/** Checks that a template only uses what TEMPLATE_NAMES lists, and reaches nothing but data. */
export function examineTemplate(template: Template): readonly TemplateFinding[] {
  const check = new TemplateCheck(template);
  for (const expression of template.expressions) for (const part of within(expression)) check.part(part);
  for (const { name } of template.macros) if (isHidden(name)) check.hidden(name);
  check.finish();
  return [...check.findings.values()];
}

class TemplateCheck {
  /** Once for each reason and name. */
  readonly findings = new Map<string, TemplateFinding>();
  readonly #flow: NameFlow;
  /** A text of the template that is a hidden name: harmless, unless names are put together too. */
  #hiddenText: string | undefined;
  #isComputed = false;

  constructor(template: Template) {
    this.#flow = new NameFlow(template);
  }

  part(expression: Expression): void {
    switch (expression.kind) {
      case "name":
        return this.#name(expression.name);
      case "text":
        this.#hiddenText ??= /__[a-z]\w*__/i.exec(expression.value)?.[0];
        return;
      case "attribute":
        return this.#attribute(expression.name);
      case "item":
        return this.#item(expression.index);
      case "call":
        return this.#call(expression.callee, expression.args);
      case "filter":
        return this.#filter(expression.name, expression.args);
      case "test":
        if (!TESTS.has(expression.name))
          this.#unknown(expression.name, `uses the test ${expression.name}, which is not known to be data only`);
        return;
      default:
    }
  }

  finish(): void {
    if (this.#isComputed && this.#hiddenText !== undefined) this.hidden(this.#hiddenText);
  }

  hidden(name: string): void {
    this.#report("template/hidden-attribute", `reads the attribute ${name}, which leads out of data to Python's own objects`, name);
  }

  #name(name: string): void {
    if (name.startsWith("__")) this.hidden(name);
    else if (isHostObject(name) && !this.#flow.defines(name))
      this.#report("template/host-object", `uses ${name}, an object of the program that renders it`, name);
  }

  #attribute(name: string): void {
    for (const part of name.split(".")) if (isHidden(part)) this.hidden(part);
  }

  #item(index: Expression): void {
    if (index.kind === "text") return this.#attribute(index.value);
    if (this.#flow.isPlain(index)) return;
    const folded = fold(index, this.#flow);
    if (folded !== undefined && isHidden(folded)) this.hidden(folded);
    else this.#report("template/computed-name", "looks up a name that it puts together itself", folded);
    this.#isComputed = true;
  }

  #call(callee: Expression, args: readonly Argument[]): void {
    if (callee.kind === "attribute") return this.#method(callee.object, callee.name, args);
    if (callee.kind === "item" && callee.index.kind === "text") return this.#method(callee.object, callee.index.value, args);
    if (callee.kind === "item" && this.#areMacros(callee.object)) return;
    if (callee.kind !== "name") return this.#report("template/computed-call", "calls what an expression gives", undefined);
    const { name } = callee;
    if (FUNCTIONS.has(name) || this.#flow.isMacro(name)) return;
    if (runsCode(name)) return this.#report("template/runs-code", `calls ${name}`, name);
    this.#unknown(name, `calls the function ${name}, which is not known to be data only`);
  }

  #method(object: Expression, name: string, args: readonly Argument[]): void {
    if (runsCode(name)) return this.#report("template/runs-code", `calls ${name}`, name);
    if (!METHODS.has(name)) {
      if (!isHidden(name)) this.#unknown(name, `calls the method ${name}, which is not known to be data only`);
      return;
    }
    if (name !== "format" || args.length === 0) return;
    const text = fold(object, this.#flow);
    if (text === undefined) this.#unknown("format", "calls the method format of a text that it puts together itself");
    else if (FORMAT_ACCESS.test(text)) this.#unknown("format", "reads attributes with the method format");
  }

  /** A list of macros, as a template has it that calls them in turn. */
  #areMacros(list: Expression, depth = 0): boolean {
    if (list.kind === "list") return list.items.every((item) => item.kind === "name" && this.#flow.isMacro(item.name));
    if (list.kind === "binary") return list.operator === "+" && this.#areMacros(list.left, depth) && this.#areMacros(list.right, depth);
    if (list.kind !== "name" || depth > 8) return false;
    const values = this.#flow.valuesOf(list.name);
    return (
      values.length > 0 &&
      values.every((value) => value !== undefined && (this.#areAdded(value, list.name) || this.#areMacros(value, depth + 1)))
    );
  }

  /** `macros + [macro]`, where `macros` is the list itself. */
  #areAdded(value: Expression | undefined, name: string): boolean {
    return value?.kind === "binary" && value.operator === "+" && refersTo(value.left, name) && this.#areMacros(value.right);
  }

  #filter(name: string, args: readonly Argument[]): void {
    if (name === "attr") this.#report("template/attr-filter", "reads attributes with the filter attr", name);
    else if (!FILTERS.has(name)) return this.#unknown(name, `uses the filter ${name}, which is not known to be data only`);
    if (args.some(({ kind }) => kind === "spread"))
      this.#report("template/computed-call", `computes the arguments of the filter ${name}`, name);
    const positional = args.filter(({ kind }) => kind === "positional").map(({ value }) => value);
    const attribute = args.filter((argument) => argument.name === "attribute").map(({ value }) => value);
    const at = name === "attr" ? 0 : ATTRIBUTE_AT.get(name);
    if (at !== undefined) attribute.push(...positional.slice(at, at + 1));
    for (const value of attribute) this.#attributeArgument(value);
    const testAt = TEST_AT.get(name);
    if (testAt !== undefined) this.#nameArgument(positional[testAt], TESTS, "test");
    if (name === "map") this.#nameArgument(positional[0], FILTERS, "filter");
    // map("attr", "x") and selectattr("a.b", ...) look attributes up too.
    if (name === "map") for (const value of positional.slice(1)) this.#attributeArgument(value);
  }

  #attributeArgument(value: Expression): void {
    if (value.kind !== "text") return this.#item(value);
    this.#attribute(value.value);
  }

  #nameArgument(value: Expression | undefined, allowed: ReadonlySet<string>, kind: "test" | "filter"): void {
    if (value === undefined) return;
    if (value.kind !== "text") return this.#report("template/computed-call", `computes the name of a ${kind}`, undefined);
    if (value.value === "attr") this.#report("template/attr-filter", "reads attributes with the filter attr", "attr");
    else if (!allowed.has(value.value)) this.#unknown(value.value, `uses the ${kind} ${value.value}, which is not known to be data only`);
  }

  #unknown(name: string, what: string): void {
    if (isHidden(name)) this.hidden(name);
    else this.#report("template/unknown-name", what, name);
  }

  #report(reason: ReasonId, what: string, name: string | undefined): void {
    this.findings.set(`${reason} ${name ?? what}`, { reason, what, name });
  }
}

function refersTo(value: Expression, name: string): boolean {
  return value.kind === "name" && value.name === name;
}
