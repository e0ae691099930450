import type { ExamineInput } from "../examiner.ts";

/** Layers that carry Python code in their configuration, or call a function that it names. */
const CODE_CLASSES: ReadonlySet<string> = new Set([
  "Lambda",
  "TFOpLambda",
  "SlicingOpLambda",
  "ClassMethod",
  "InstanceMethod",
  "InstanceProperty",
  "TFClassMethodDispatcher",
]);
const MAX_VALUES = 2_000_000;

/**
 * Examines the configuration of one Keras object of a SavedModel. Classes outside of Keras are restored from the graph
 * and not imported: only layers that carry or name code count.
 */
export function examineKerasMetadata(text: string, offset: number, report: ExamineInput["report"]): void {
  if (text === "") return;
  let root: unknown;
  try {
    // Python writes NaN and Infinity, which JSON does not have.
    root = JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g, (_, string: string | undefined) => string ?? "0"));
  } catch {
    return report("tensorflow/keras-metadata", "has a Keras configuration that is not JSON", { offset });
  }
  const pending: unknown[] = [root];
  let values = 0;
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (++values > MAX_VALUES) return report("tensorflow/keras-metadata", "has a Keras configuration that is too long", { offset });
    if (typeof value !== "object" || value === null) continue;
    const name: unknown = Reflect.get(value, "class_name");
    if (typeof name === "string" && CODE_CLASSES.has(name) && !callsComputation(value)) {
      report("tensorflow/keras-code", `has a Keras layer of the class ${name}, which runs a function of its configuration`, {
        offset,
        name,
      });
    }
    pending.push(...Object.values(value).filter((inner) => inner !== undefined));
  }
}

/** Functions of TensorFlow's API that only compute, by their exported name. */
const COMPUTATIONS =
  /^(?:(?:math|nn|linalg|signal|strings|bitwise|random|image|sparse|ragged)\.[a-z]\w*|__operators__\.\w+|(?:abs|add|argmax|argmin|boolean_mask|broadcast_to|cast|clip_by_value|concat|cumsum|divide|einsum|equal|exp|expand_dims|eye|fill|gather|gather_nd|greater|identity|less|linspace|matmul|maximum|meshgrid|minimum|multiply|negative|norm|not_equal|one_hot|ones|ones_like|pad|pow|range|rank|repeat|reshape|reverse|roll|round|scatter_nd|shape|sigmoid|sign|sin|size|slice|split|sqrt|square|squeeze|stack|stop_gradient|strided_slice|subtract|tanh|tensordot|tile|transpose|unique|unstack|where|zeros|zeros_like|reduce_\w+|compat\.v1\.(?:gather|nn\.\w+|math\.\w+|transpose|shape|squeeze)))$/;

/** Whether a layer made of one call names a function that only computes. */
function callsComputation(layer: object): boolean {
  const config: unknown = Reflect.get(layer, "config");
  const called: unknown = typeof config === "object" && config !== null ? Reflect.get(config, "function") : undefined;
  const isCall = ["TFOpLambda", "SlicingOpLambda"].includes(String(Reflect.get(layer, "class_name")));
  return isCall && typeof called === "string" && COMPUTATIONS.test(called);
}
