/**
 * What an allowed global may be used for. `value` is never called; the others are called only with the arguments that
 * calls.ts describes.
 */
export type GlobalUse =
  | "ordered-dictionary"
  | "counter"
  | "set"
  | "frozenset"
  | "empty-bytes"
  | "bytearray"
  | "complex"
  | "encode"
  | "parameter"
  | "tensor-class"
  | "size"
  | "device"
  | "layout"
  | "storage-class"
  | "torch-dtype"
  | "value"
  | "rebuild-tensor"
  | "rebuild-tensor-v2"
  | "rebuild-tensor-v3"
  | "rebuild-parameter"
  | "rebuild-parameter-with-state"
  | "rebuild-quantized-tensor"
  | "rebuild-sparse-tensor"
  | "rebuild-meta-tensor"
  | "rebuild-wrapper-subclass"
  | "rebuild-device-tensor"
  | "rebuild-from-type"
  | "numpy-dtype"
  | "numpy-array"
  | "numpy-reconstruct"
  | "numpy-scalar"
  | "numpy-from-buffer"
  | "joblib-array";

/** The use of a global by its exact names; undefined where it is not allowed. */
export type UseOf = (module: string, name: string) => GlobalUse | undefined;

/** What a pickle may name. */
export interface AllowedNames {
  readonly useOf: UseOf;
  /** Whether a module has an allowed global; for a name that the end of the file cuts, whether one begins so. */
  readonly hasModule: (start: string, isCut: boolean) => boolean;
}
