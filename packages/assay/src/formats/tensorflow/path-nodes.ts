import { malformed, notUnderstood } from "../format-error.ts";
import type { ProtobufMessage } from "../protobuf/message.ts";

/** A node that reads or writes files at a path of its input. */
export interface FileNode {
  readonly operator: string;
  readonly node: string;
  readonly offset: number;
}

/** Operators of checkpoints: every model that can be saved has them. The path is their first input. */
export const CHECKPOINT_OPERATORS: ReadonlySet<string> = new Set([
  "SaveV2",
  "RestoreV2",
  "MergeV2Checkpoints",
  "Save",
  "SaveSlices",
  "Restore",
  "RestoreSlice",
]);
const READS: ReadonlySet<string> = new Set(["RestoreV2", "Restore", "RestoreSlice"]);
/** What a path may pass on its way from the saver: to a file that is written, and to one that is read. */
const WAY_TO_WRITE: ReadonlySet<string> = new Set(["Identity", "StringJoin", "ShardedFilename", "Pack"]);
const WAY_TO_READ: ReadonlySet<string> = new Set(["Identity"]);
const GIVEN: ReadonlySet<string> = new Set(["Placeholder", "PlaceholderWithDefault", "Const"]);
/** The path that a saver of TensorFlow 1 has before it is given one. */
const DEFAULT_PATH = "model";
const MAX_NODES = 200_000;
const MAX_STEPS = 1000;
const MAX_CALLERS = 16;

interface PathNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly text: string | undefined;
}

/** The nodes of one graph or function through which paths go. */
class Scope {
  readonly nodes = new Map<string, PathNode>();
  readonly files: (FileNode & { readonly path: string })[] = [];
  /** The first inputs of the nodes that call a function or operator; some of them where they are many. */
  readonly calls = new Map<string, Set<string>>();
  parameters: readonly string[] = [];
}

/**
 * Follows the paths of checkpoint operators back to where they come from. A loader gives the saver a path inside the
 * model; a node that makes a path of its own reads or writes wherever the model says.
 */
export class PathNodes {
  readonly #main = new Scope();
  readonly #functions = new Map<string, Scope>();
  readonly #open = new Map<ProtobufMessage, Scope>();
  readonly #calls = new Map<ProtobufMessage, string[]>();
  readonly #texts = new Map<ProtobufMessage, string>();
  #count = 0;

  /** The text of a constant, seen before its node ends. */
  constant(node: ProtobufMessage, tensor: ProtobufMessage): void {
    const bytes = tensor.ranges("string_val")[0]?.bytes;
    if (bytes !== undefined && tensor.counted("string_val") === 1) this.#texts.set(node, new TextDecoder().decode(bytes));
  }

  /** A function that a node names in an attribute, seen before the node ends. */
  call(node: ProtobufMessage, callee: string): void {
    this.#calls.set(node, [...(this.#calls.get(node) ?? []), callee]);
  }

  node(node: ProtobufMessage, inside: ProtobufMessage | undefined): void {
    const scope = inside === undefined ? this.#main : this.#scopeOf(inside);
    const operator = node.text("op");
    const inputs = node.texts("input");
    for (const callee of [operator, ...(this.#calls.get(node) ?? [])]) addCall(scope, callee, nameOf(inputs[0]));
    if (CHECKPOINT_OPERATORS.has(operator)) {
      scope.files.push({ operator, node: node.text("name"), offset: node.offset, path: nameOf(inputs[0]) });
    }
    if (WAY_TO_WRITE.has(operator) || GIVEN.has(operator)) {
      if (++this.#count > MAX_NODES * 10) notUnderstood("has more nodes than are followed", node.offset);
      scope.nodes.set(node.text("name"), { operator, inputs: inputs.map(nameOf), text: this.#texts.get(node) });
    }
    this.#calls.delete(node);
    this.#texts.delete(node);
  }

  functionEnds(message: ProtobufMessage, name: string, parameters: readonly string[]): void {
    const scope = this.#scopeOf(message);
    scope.parameters = parameters;
    this.#open.delete(message);
    if (this.#functions.has(name)) malformed(`has the function ${name} twice`, message.offset);
    this.#functions.set(name, scope);
  }

  /** The nodes that read or write at a path which no caller gives. */
  foreign(): readonly FileNode[] {
    const given = new Set([...this.#main.nodes.keys()].filter((name) => this.#isGiven(name)));
    const foreign = this.#main.files.filter((file) => !follow(this.#main, file, given));
    for (const [name, scope] of this.#functions) {
      if (scope.files.length === 0) continue;
      const parameter = new Set(scope.parameters.slice(0, 1));
      const isCalledBySaver = this.#callers(name).every(({ scope: from, input }) => from === this.#main && given.has(input));
      foreign.push(...scope.files.filter((file) => !isCalledBySaver || !follow(scope, file, parameter)));
    }
    return foreign.map(({ operator, node, offset }) => ({ operator, node, offset }));
  }

  /** Whether a caller gives a node of the main graph its value, in place of at most the default of savers. */
  #isGiven(name: string, steps = 4): boolean {
    const node = this.#main.nodes.get(name);
    if (node === undefined) return false;
    if (node.operator === "Placeholder") return true;
    if (node.operator === "Const") return node.text === DEFAULT_PATH;
    return node.operator === "PlaceholderWithDefault" && steps > 0 && this.#isGiven(node.inputs[0] ?? "", steps - 1);
  }

  #callers(name: string): { readonly scope: Scope; readonly input: string }[] {
    return [this.#main, ...this.#functions.values()].flatMap((scope) =>
      [...(scope.calls.get(name) ?? [])].map((input) => ({ scope, input })),
    );
  }

  #scopeOf(message: ProtobufMessage): Scope {
    const scope = this.#open.get(message) ?? new Scope();
    this.#open.set(message, scope);
    return scope;
  }
}

/** A function of a saver is called once; of what is called more often, a few callers show that it is not one. */
function addCall({ calls }: Scope, callee: string, input: string): void {
  const inputs = calls.get(callee);
  if (inputs === undefined) calls.set(callee, new Set([input]));
  else if (inputs.size < MAX_CALLERS) inputs.add(input);
}

/** Whether the path of a file node comes from one of `sources`, on a way that adds nothing but names of parts. */
function follow(
  scope: Scope,
  { operator, path }: { readonly operator: string; readonly path: string },
  sources: ReadonlySet<string>,
): boolean {
  const way = READS.has(operator) ? WAY_TO_READ : WAY_TO_WRITE;
  const pending = [path];
  for (let step = 0; step < MAX_STEPS; step++) {
    const name = pending.pop();
    if (name === undefined) return false;
    if (sources.has(name)) return true;
    const node = scope.nodes.get(name);
    // What is joined first is the folder; what follows are names of parts.
    if (node !== undefined && way.has(node.operator)) pending.push(...(node.operator === "Pack" ? node.inputs : node.inputs.slice(0, 1)));
  }
  return false;
}

/** The node or parameter that an input `StringJoin:output:0` or `x` is of. */
function nameOf(input: string | undefined): string {
  return (input ?? "").replace(/^\^/, "").replace(/:.*$/, "");
}
