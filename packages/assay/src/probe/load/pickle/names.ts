import { hasExtension } from "../../../formats/format.ts";

const isPickleName = hasExtension("pkl", "pickle", "p", "pck", "joblib");
const isTorchName = hasExtension("pt", "pth", "ckpt");
/** Anything can be in a file of these, a pickle too. */
const mayHoldPickle = hasExtension("dat");

/** Names of files that `torch.load` reads; `name` is in lowercase. */
export function isNamedTorch(name: string): boolean {
  return isTorchName(name) || name.endsWith(".bin");
}

/** Names of files that hold a pickle, or may. */
export function isNamedPickle(name: string): boolean {
  return isPickleName(name) || isNamedTorch(name) || mayHoldPickle(name);
}
