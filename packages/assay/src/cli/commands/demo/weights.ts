import type { Tensor } from "./safetensors.ts";

/** The measures of the demo's model: a Llama that fits into a few hundred kilobytes. */
export const SHAPE = { vocabulary: 258, hidden: 64, intermediate: 160, layers: 2, heads: 4 } as const;

/** The weights in the order of a forward pass, the same in every run. */
export function makeWeights(): Tensor[] {
  const random = generator(20_240_229);
  const { vocabulary, hidden, intermediate, layers } = SHAPE;
  const tensors: Tensor[] = [matrix("model.embed_tokens.weight", vocabulary, hidden)];
  for (let layer = 0; layer < layers; layer += 1) {
    const prefix = `model.layers.${layer}`;
    tensors.push(
      ones(`${prefix}.input_layernorm.weight`, hidden),
      matrix(`${prefix}.self_attn.q_proj.weight`, hidden, hidden),
      matrix(`${prefix}.self_attn.k_proj.weight`, hidden, hidden),
      matrix(`${prefix}.self_attn.v_proj.weight`, hidden, hidden),
      matrix(`${prefix}.self_attn.o_proj.weight`, hidden, hidden),
      ones(`${prefix}.post_attention_layernorm.weight`, hidden),
      matrix(`${prefix}.mlp.gate_proj.weight`, intermediate, hidden),
      matrix(`${prefix}.mlp.up_proj.weight`, intermediate, hidden),
      matrix(`${prefix}.mlp.down_proj.weight`, hidden, intermediate),
    );
  }
  tensors.push(ones("model.norm.weight", hidden), matrix("lm_head.weight", vocabulary, hidden));
  return tensors;

  function matrix(name: string, rows: number, columns: number): Tensor {
    const values = Float32Array.from({ length: rows * columns }, () => (random() + random() - 1) * 0.04);
    return { name, shape: [rows, columns], values };
  }
}

function ones(name: string, length: number): Tensor {
  return { name, shape: [length], values: new Float32Array(length).fill(1) };
}

/** Numbers from 0 to 1 that are always the same (mulberry32): nothing here is a secret. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
