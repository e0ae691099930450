import { FILE_TYPES } from "./file-types.ts";
import type { GgufStructure } from "./structure.ts";

/** What a GGUF file says of its model, for openness and for a scan alike. */
export interface GgufFacts {
  readonly name: string | undefined;
  readonly license: string | undefined;
  readonly architecture: string | undefined;
  readonly quantization: string | undefined;
  /** In tokens. */
  readonly contextLength: number | undefined;
  /** Undefined where not all of them were read, and without any. */
  readonly tensors:
    | { readonly count: number; readonly parameters: number; readonly bytes: number; readonly types: readonly string[] }
    | undefined;
}

/** Facts from what was read; types of tensors the most frequent first. */
export function ggufFacts({ metadata, tensors, tensorCount }: GgufStructure): GgufFacts {
  const text = (key: string): string | undefined => {
    const value = metadata.get(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const number = (key: string): number | undefined => {
    const value = metadata.get(key);
    return typeof value === "number" ? value : undefined;
  };
  const architecture = text("general.architecture");
  const context = architecture === undefined ? undefined : number(`${architecture}.context_length`);
  const types = [...tensors.byType].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const { count, parameters, bytes } = tensors;
  return {
    name: text("general.name"),
    license: text("general.license"),
    architecture,
    quantization: FILE_TYPES.get(number("general.file_type") ?? -1),
    contextLength: context !== undefined && context > 0 ? context : undefined,
    tensors: count > 0 && count === tensorCount ? { count, parameters, bytes, types } : undefined,
  };
}
