import type { Argument, Expression, Template } from "../../../formats/jinja/syntax.ts";
import { USER_VARIABLES } from "../../../risk/allowed/template-names.ts";
import { isHidden } from "./words.ts";

/** Filters that give back what they get, or some of it. */
const KEEPING = new Set(
  "items list dictsort sort unique first last default d select selectattr reject rejectattr min max batch".split(" "),
);
/** Filters that may give a part of a text, or a text backwards. */
const CUTTING = new Set("trim strip reverse slice".split(" "));
const KEEPING_METHODS = new Set("items keys values get pop copy".split(" "));
const CUTTING_METHODS = new Set("split rsplit strip lstrip rstrip splitlines partition rpartition removeprefix removesuffix".split(" "));
/** Methods that put values into a list or map. */
const CHANGING_METHODS = new Set("append extend insert update setdefault".split(" "));
const NUMBERS = new Set("length count int float round abs wordcount".split(" "));
/** What the user fills. */
const FILLED: ReadonlySet<string> = new Set(USER_VARIABLES);
const LITERALS = new Set("true false none True False None".split(" "));
/** Variables of Jinja itself that hold values of the template. */
const OF_JINJA = new Set("loop varargs kwargs caller self".split(" "));
const LOOP_NUMBERS = /^(?:index0?|revindex0?|length|depth0?)$/;
/** A value of a name; undefined for a text that is put together in a block, or that is not followed. */
type Assigned = Expression | undefined;
/** Expressions that are looked at for all subscripts of a template; a real one needs some thousand. */
const MAX_STEPS = 200_000;
/** Expressions in expressions and names of names. */
const MAX_DEPTH = 500;

/**
 * Where names of a template get their values, without regard to order: enough to say that a subscript is a number, or text
 * that the template did not put together. What it puts together could spell any attribute (CVE-2024-34359's
 * filter evasions do).
 */
export class NameFlow {
  readonly #values = new Map<string, Assigned[]>();
  readonly #fields = new Map<string, Assigned[]>();
  /** What methods put into some list or map, whichever. */
  readonly #changes: Assigned[] = [];
  readonly #macros: ReadonlySet<string>;
  #stepsLeft = MAX_STEPS;
  #depth = 0;

  constructor({ bindings, macros, expressions }: Template) {
    this.#macros = new Set(macros.map(({ name }) => name));
    for (const { targets, value } of bindings)
      for (const target of targets) {
        // The elements of what is data are data; those of a list that is written out are looked at with it.
        if (target.kind === "name") add(this.#values, target.name, value);
        else if (target.kind === "attribute") add(this.#fields, target.name, value);
        else this.#changes.push(value);
      }
    for (const { parameters } of macros)
      for (const { name, fallback } of parameters) if (fallback !== undefined) add(this.#values, name, fallback);
    const parametersOf = new Map(macros.map(({ name, parameters }) => [name, parameters.map((parameter) => parameter.name)]));
    for (const expression of expressions) this.#collect(expression, parametersOf);
  }

  /** Whether the template itself gives the name a value. */
  defines(name: string): boolean {
    return this.#values.has(name) || this.#macros.has(name);
  }

  isMacro(name: string): boolean {
    return this.#macros.has(name);
  }

  /** What a name is set to, everywhere in the template; undefined for a text that is put together in a block. */
  valuesOf(name: string): readonly Assigned[] {
    return this.#values.get(name) ?? [];
  }

  /**
   * Whether an expression is a number, or text that the template did not put together and that is not a hidden name.
   * `isCut`: a part of the text may be what counts.
   */
  isPlain(expression: Expression, isCut = false, seen: Set<string> = new Set()): boolean {
    if (this.#stepsLeft-- <= 0 || this.#depth > MAX_DEPTH) return false;
    this.#depth++;
    const isPlain = this.#isPlainAt(expression, isCut, seen);
    this.#depth--;
    return isPlain;
  }

  #isPlainAt(expression: Expression, isCut: boolean, seen: Set<string>): boolean {
    if (this.isNumber(expression) || isRange(expression)) return true;
    const plain = (part: Expression, cut = isCut): boolean => this.isPlain(part, cut, seen);
    switch (expression.kind) {
      case "text":
        return !isHidden(expression.value) && !(isCut && expression.value.includes("_"));
      case "name":
        return this.#isPlainName(expression.name, isCut, seen);
      case "list":
        return expression.items.every((item) => plain(item));
      case "map":
        return expression.entries.every(([key, value]) => plain(key) && plain(value));
      case "attribute":
        return plain(expression.object) && this.#arePlain(`.${expression.name}`, this.#fields.get(expression.name), isCut, seen);
      case "item":
        return plain(expression.object) && plain(expression.index, false);
      case "slice":
        return plain(expression.object, true);
      case "choice":
        return expression.values.every((value) => plain(value));
      case "binary":
        return isJoin(expression) && plain(expression.left) && plain(expression.right);
      case "test":
        return true;
      case "unary":
        return expression.operator === "not";
      case "filter": {
        const { name, operand, args } = expression;
        const cut = isCut || CUTTING.has(name);
        if (operand === undefined || !(KEEPING.has(name) || CUTTING.has(name))) return false;
        return plain(operand, cut) && this.#areArgumentsPlain(args, cut, seen);
      }
      case "call":
        return this.#isPlainCall(expression.callee, expression.args, isCut, seen);
      default:
        return false;
    }
  }

  /** Whether an expression is a number whatever the variables hold: for a text, Python would stop there. */
  isNumber(expression: Expression): boolean {
    switch (expression.kind) {
      case "number":
        return true;
      case "attribute":
        return expression.object.kind === "name" && expression.object.name === "loop" && LOOP_NUMBERS.test(expression.name);
      case "filter":
        return NUMBERS.has(expression.name);
      case "unary":
        return expression.operator !== "not";
      case "binary": {
        const { operator, left, right } = expression;
        if (operator === "-" || operator === "/" || operator === "//" || operator === "**") return true;
        if (operator === "+") return this.isNumber(left) || this.isNumber(right);
        if (operator === "%") return this.isNumber(left);
        return operator === "*" && this.isNumber(left) && this.isNumber(right);
      }
      default:
        return false;
    }
  }

  #isPlainName(name: string, isCut: boolean, seen: Set<string>): boolean {
    const values = this.#values.get(name);
    if (OF_JINJA.has(name) || this.#macros.has(name)) return false;
    if (values === undefined && !FILLED.has(name)) return LITERALS.has(name);
    if (values?.every((value) => value !== undefined && (this.isNumber(value) || isRange(value))) === true) return true;
    return this.#arePlain(name, values, isCut, seen) && this.#arePlain("*", this.#changes, isCut, seen);
  }

  #arePlain(key: string, values: readonly Assigned[] = [], isCut: boolean, seen: Set<string>): boolean {
    // All that is reached must be plain: what was looked at for this subscript before need not be again.
    const step = isCut ? `${key}|cut` : key;
    if (seen.size === seen.add(step).size) return true;
    return values.every((value) => value !== undefined && this.isPlain(value, isCut, seen));
  }

  #isPlainCall(callee: Expression, args: readonly Argument[], isCut: boolean, seen: Set<string>): boolean {
    if (callee.kind === "name") {
      // The keys of a dict are texts, too: dict(__class__=1)|first.
      const areKeysPlain = args.every(({ name = "" }) => !isHidden(name) && !(isCut && name.includes("_")));
      return (callee.name === "namespace" || callee.name === "dict") && areKeysPlain && this.#areArgumentsPlain(args, isCut, seen);
    }
    if (callee.kind !== "attribute") return false;
    const cuts = CUTTING_METHODS.has(callee.name);
    if (!cuts && !KEEPING_METHODS.has(callee.name)) return false;
    // Of the arguments, only a value for what is missing can be the result: `get(key, value)`.
    return this.isPlain(callee.object, isCut || cuts, seen) && this.#areArgumentsPlain(args.slice(1), isCut, seen);
  }

  #areArgumentsPlain(args: readonly Argument[], isCut: boolean, seen: Set<string>): boolean {
    return args.every(({ kind, value }) => kind !== "spread" && this.isPlain(value, isCut, seen));
  }

  /** What calls hand to the parameters of macros, what namespaces and maps are made with, what is put into lists. */
  #collect(root: Expression, parametersOf: ReadonlyMap<string, readonly string[]>): void {
    for (const expression of within(root)) {
      if (expression.kind === "map") {
        for (const [key, value] of expression.entries) if (key.kind === "text") add(this.#fields, key.value, value);
      } else if (expression.kind === "call") {
        const { callee, args } = expression;
        // Whatever is called by a computed name may be any macro.
        const called = callee.kind === "name" ? [callee.name] : callee.kind === "attribute" ? [] : [...parametersOf.keys()];
        for (const macro of called) this.#collectCall(parametersOf.get(macro) ?? [], args);
        if (callee.kind === "attribute" && CHANGING_METHODS.has(callee.name)) this.#changes.push(...args.map(({ value }) => value));
        for (const { name, value } of args) if (name !== undefined) add(this.#fields, name, value);
      }
    }
  }

  #collectCall(parameters: readonly string[], args: readonly Argument[]): void {
    for (const [index, { kind, name, value }] of args.entries()) {
      // The elements of what is spread, in whatever order.
      if (kind === "spread") for (const parameter of parameters) add(this.#values, parameter, value);
      else {
        const parameter = kind === "keyword" ? name : parameters[index];
        if (parameter !== undefined && parameters.includes(parameter)) add(this.#values, parameter, value);
      }
    }
  }
}

function add(to: Map<string, Assigned[]>, name: string, value: Assigned): void {
  const before = to.get(name);
  if (before === undefined) to.set(name, [value]);
  else before.push(value);
}

/** Operators that choose one of their sides, and lists one after the other. */
function isJoin({ operator, left, right }: Expression & { readonly kind: "binary" }): boolean {
  return operator === "or" || operator === "and" || (operator === "+" && (left.kind === "list" || right.kind === "list"));
}

function isRange(expression: Expression): boolean {
  return expression.kind === "call" && expression.callee.kind === "name" && expression.callee.name === "range";
}

/** An expression and all in it, without recursion. */
export function* within(root: Expression): Generator<Expression> {
  const pending: Expression[] = [root];
  for (let expression = pending.pop(); expression !== undefined; expression = pending.pop()) {
    yield expression;
    pending.push(...partsOf(expression));
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "list":
      return expression.items;
    case "map":
      return expression.entries.flat();
    case "attribute":
      return [expression.object];
    case "item":
      return [expression.object, expression.index];
    case "slice":
      return [expression.object, ...expression.bounds];
    case "call":
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case "filter":
      return [...(expression.operand === undefined ? [] : [expression.operand]), ...expression.args.map(({ value }) => value)];
    case "test":
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "choice":
      return [expression.condition, ...expression.values];
    default:
      return [];
  }
}
