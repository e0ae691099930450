/** An expression of a Jinja template. Only what decides which names are reached is kept: numbers have no value. */
export type Expression =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number" }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  /** `object.name` */
  | { readonly kind: "attribute"; readonly object: Expression; readonly name: string }
  /** `object[index]` */
  | { readonly kind: "item"; readonly object: Expression; readonly index: Expression }
  /** `object[a:b:c]` */
  | { readonly kind: "slice"; readonly object: Expression; readonly bounds: readonly Expression[] }
  | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
  /** `operand | name(args)`; a filter block has no operand. */
  | { readonly kind: "filter"; readonly operand: Expression | undefined; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: "test"; readonly operand: Expression; readonly name: string }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `a if condition else b`; without `else`, `b` is missing. */
  | { readonly kind: "choice"; readonly condition: Expression; readonly values: readonly Expression[] };

export interface Argument {
  readonly kind: "positional" | "keyword" | "spread";
  /** Of a keyword argument. */
  readonly name: string | undefined;
  readonly value: Expression;
}

/** Where a name, or an attribute of a namespace, gets a value. */
export interface Binding {
  /** `name` or `name.attribute`: what is on the left of `=`, the variables of a loop. */
  readonly targets: readonly Expression[];
  /** Undefined for the text of a block, which is put together as it is rendered. */
  readonly value: Expression | undefined;
  /** Whether the targets get the elements of the value and not the value itself. */
  readonly isElement: boolean;
}

export interface Macro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: Expression | undefined }[];
}

/** A template without its control flow: everything that is evaluated, and every place where a name gets a value. */
export interface Template {
  readonly expressions: readonly Expression[];
  readonly bindings: readonly Binding[];
  readonly macros: readonly Macro[];
}
