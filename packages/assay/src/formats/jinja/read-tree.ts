import type { Argument, Binding, Expression, Macro, Template } from "./syntax.ts";

/** Nodes in nodes: a chain of operators is as deep as it is long. */
const MAX_DEPTH = 600;

/** A node of the parser's tree: its classes are not exported. */
type Node = Readonly<Record<string, unknown>>;

/** Makes a `Template` of the parser's tree. Throws RangeError where it is too deep, Error for a node that is not known. */
export class TemplateReader implements Template {
  readonly expressions: Expression[] = [];
  readonly bindings: Binding[] = [];
  readonly macros: Macro[] = [];
  #depth = 0;

  read(node: unknown): void {
    this.#descend();
    this.#statement(asNode(node));
    this.#depth--;
  }

  #statement(node: Node): void {
    switch (node["type"]) {
      case "Comment":
      case "Break":
      case "Continue":
        return;
      case "Program":
        return this.#all(node["body"]);
      case "If":
        this.#evaluate(node["test"]);
        this.#all(node["body"]);
        return this.#all(node["alternate"]);
      case "For":
        return this.#loop(node);
      case "Set":
        return this.#set(node);
      case "Macro":
        return this.#macro(node);
      case "CallStatement":
        return this.#callBlock(node);
      case "FilterStatement":
        this.expressions.push(this.#filter(node["filter"], undefined));
        return this.#all(node["body"]);
      default:
        this.#evaluate(node);
    }
  }

  #all(nodes: unknown): void {
    for (const node of asNodes(nodes)) this.read(node);
  }

  #evaluate(node: unknown): void {
    this.expressions.push(this.#expression(node));
  }

  #loop(node: Node): void {
    const value = this.#expression(node["iterable"]);
    this.expressions.push(value);
    this.bindings.push({ targets: this.#targets(node["loopvar"]), value, isElement: true });
    this.#all(node["body"]);
    this.#all(node["defaultBlock"]);
  }

  #set(node: Node): void {
    const targets = this.#targets(node["assignee"]);
    const value = node["value"] === null ? undefined : this.#expression(node["value"]);
    if (value !== undefined) this.expressions.push(value);
    // What is assigned to is looked up too: a subscript in it is evaluated.
    this.expressions.push(...targets);
    this.bindings.push({ targets, value, isElement: targets.length > 1 });
    this.#all(node["body"]);
  }

  #targets(node: unknown): readonly Expression[] {
    const target = this.#expression(node);
    return target.kind === "list" ? target.items : [target];
  }

  #macro(node: Node): void {
    this.macros.push({ name: nameOf(node["name"]), parameters: this.#parameters(node["args"]) });
    this.#all(node["body"]);
  }

  #callBlock(node: Node): void {
    this.#evaluate(node["call"]);
    // What the macro hands to the block's parameters is not followed: they count as built texts.
    const targets = this.#parameters(node["callerArgs"] ?? []).map(({ name }) => ({ kind: "name", name }) as const);
    if (targets.length > 0) this.bindings.push({ targets, value: undefined, isElement: false });
    this.#all(node["body"]);
  }

  #parameters(nodes: unknown): Macro["parameters"] {
    return asNodes(nodes).map((node) => {
      if (node["type"] !== "KeywordArgumentExpression") return { name: nameOf(node), fallback: undefined };
      const fallback = this.#expression(node["value"]);
      this.expressions.push(fallback);
      return { name: nameOf(node["key"]), fallback };
    });
  }

  #expression(value: unknown): Expression {
    this.#descend();
    const expression = this.#form(asNode(value));
    this.#depth--;
    return expression;
  }

  #form(node: Node): Expression {
    switch (node["type"]) {
      case "Identifier":
        return { kind: "name", name: asText(node["value"]) };
      case "StringLiteral":
        return { kind: "text", value: asText(node["value"]) };
      case "IntegerLiteral":
      case "FloatLiteral":
        return { kind: "number" };
      case "ArrayLiteral":
      case "TupleLiteral":
        return { kind: "list", items: asNodes(node["value"]).map((item) => this.#expression(item)) };
      case "ObjectLiteral":
        return this.#map(node["value"]);
      case "MemberExpression":
        return this.#member(node);
      case "CallExpression":
        return { kind: "call", callee: this.#expression(node["callee"]), args: this.#arguments(node["args"]) };
      case "FilterExpression":
        return this.#filter(node["filter"], this.#expression(node["operand"]));
      case "TestExpression":
        return { kind: "test", operand: this.#expression(node["operand"]), name: nameOf(node["test"]) };
      case "UnaryExpression":
        return { kind: "unary", operator: operatorOf(node), operand: this.#expression(node["argument"]) };
      case "BinaryExpression":
        return {
          kind: "binary",
          operator: operatorOf(node),
          left: this.#expression(node["left"]),
          right: this.#expression(node["right"]),
        };
      case "SelectExpression":
        return { kind: "choice", condition: this.#expression(node["test"]), values: [this.#expression(node["lhs"])] };
      case "Ternary":
        return {
          kind: "choice",
          condition: this.#expression(node["condition"]),
          values: [this.#expression(node["trueExpr"]), this.#expression(node["falseExpr"])],
        };
      default:
        throw new Error(`unknown syntax: ${String(node["type"])}`);
    }
  }

  #map(entries: unknown): Expression {
    if (!(entries instanceof Map)) throw new Error("unknown syntax: a map without entries");
    return { kind: "map", entries: [...entries].map(([key, value]) => [this.#expression(key), this.#expression(value)] as const) };
  }

  #member(node: Node): Expression {
    const object = this.#expression(node["object"]);
    const property = asNode(node["property"]);
    if (property["type"] === "SliceExpression") {
      const bounds = [property["start"], property["stop"], property["step"]].filter((bound) => bound !== undefined);
      return { kind: "slice", object, bounds: bounds.map((bound) => this.#expression(bound)) };
    }
    if (node["computed"] === true || property["type"] === "IntegerLiteral")
      return { kind: "item", object, index: this.#expression(property) };
    return { kind: "attribute", object, name: nameOf(property) };
  }

  #filter(value: unknown, operand: Expression | undefined): Expression {
    const node = asNode(value);
    if (node["type"] === "Identifier") return { kind: "filter", operand, name: nameOf(node), args: [] };
    return { kind: "filter", operand, name: nameOf(node["callee"]), args: this.#arguments(node["args"]) };
  }

  #arguments(nodes: unknown): readonly Argument[] {
    return asNodes(nodes).map((node): Argument => {
      if (node["type"] === "KeywordArgumentExpression")
        return { kind: "keyword", name: nameOf(node["key"]), value: this.#expression(node["value"]) };
      if (node["type"] === "SpreadExpression" || node["type"] === "KeywordSpreadExpression")
        return { kind: "spread", name: undefined, value: this.#expression(node["argument"]) };
      return { kind: "positional", name: undefined, value: this.#expression(node) };
    });
  }

  #descend(): void {
    if (++this.#depth > MAX_DEPTH) throw new RangeError("too deep");
  }
}

function operatorOf(node: Node): string {
  return asText(asNode(node["operator"])["value"]);
}

function nameOf(value: unknown): string {
  const node = asNode(value);
  if (node["type"] !== "Identifier") throw new Error("unknown syntax: a name was expected");
  return asText(node["value"]);
}

function asNode(value: unknown): Node {
  if (!isNode(value)) throw new Error("unknown syntax: something is missing");
  return value;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function asNodes(value: unknown): readonly Node[] {
  if (!Array.isArray(value)) throw new Error("unknown syntax: a list was expected");
  return value.map(asNode);
}

function asText(value: unknown): string {
  if (typeof value !== "string") throw new Error("unknown syntax: a text was expected");
  return value;
}
