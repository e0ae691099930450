import type { LoadFacts } from "../../../index.ts";
import { escapeText } from "../../text/escape.ts";
import { row, type Block } from "../../text/report.ts";
import { formatSize, groupDigits } from "../../text/sizes.ts";

/** What headers say of the model, in three lines at most. */
export function factRows({ parameters, types = [], quantization, weightBytes, architecture, contextLength }: LoadFacts): Block[] {
  const weights = [
    ...(parameters === undefined ? [] : [`${groupDigits(parameters)} parameters`]),
    ...(types.length === 0 ? [] : [types.slice(0, 4).join(" ")]),
    ...(quantization === undefined ? [] : [`quantized: ${quantization}`]),
  ];
  const model = [
    ...(architecture === undefined ? [] : [architecture]),
    ...(contextLength === undefined ? [] : [`context of ${groupDigits(contextLength)} tokens`]),
  ];
  return [
    ...(weights.length === 0 ? [] : [row("Weights", escapeText(weights.join(", ")))]),
    ...(weightBytes === undefined ? [] : [row("Memory", `${formatSize(weightBytes)} to hold the weights as they are stored`)]),
    ...(model.length === 0 ? [] : [row("Model", escapeText(model.join(", ")))]),
  ];
}
