import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { makeModelFiles, SHARDS } from "../../src/cli/commands/demo/model-files.ts";

const files = makeModelFiles();

function parse(name: string): Record<string, unknown> {
  const content = files.get(name);
  return JSON.parse(typeof content === "string" ? content : "null") as Record<string, unknown>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function readShard(name: string): { readonly entries: ReadonlyMap<string, Entry>; readonly dataBytes: number } {
  const bytes = files.get(name);
  assert.ok(bytes instanceof Uint8Array);
  const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<string, Entry>;
  assert.equal(headerBytes % 8, 0, "the data is aligned");
  const entries = new Map(Object.entries(header).filter(([key]) => key !== "__metadata__"));
  return { entries, dataBytes: bytes.length - 8 - headerBytes };
}

suite("the demo's model", () => {
  test("is a few hundred kilobytes, the same every time", () => {
    const size = [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    assert.ok(size > 200_000 && size < 900_000, String(size));
    assert.deepEqual(makeModelFiles(), files);
  });

  test("has safetensors files whose tensors fill the data without gap or overlap", () => {
    for (const shard of SHARDS) {
      const { entries, dataBytes } = readShard(shard);
      let position = 0;
      for (const [
        name,
        {
          dtype,
          shape,
          data_offsets: [begin, end],
        },
      ] of entries) {
        assert.equal(dtype, "BF16");
        assert.equal(begin, position, name);
        assert.equal(end - begin, shape.reduce((product, length) => product * length, 1) * 2, name);
        position = end;
      }
      assert.equal(position, dataBytes);
    }
  });

  test("has an index that names every tensor's file, and their size", () => {
    const index = parse("model.safetensors.index.json") as { metadata: { total_size: number }; weight_map: Record<string, string> };
    const found = SHARDS.flatMap((shard) => [...readShard(shard).entries.keys()].map((name) => [name, shard] as const));
    assert.deepEqual(new Map(Object.entries(index.weight_map)), new Map(found));
    assert.equal(
      index.metadata.total_size,
      SHARDS.reduce((sum, shard) => sum + readShard(shard).dataBytes, 0),
    );
  });

  test("has weights of the shapes that its config asks for", () => {
    const config = parse("config.json") as {
      vocab_size: number;
      hidden_size: number;
      num_hidden_layers: number;
      intermediate_size: number;
    };
    const shapes = new Map(SHARDS.flatMap((shard) => [...readShard(shard).entries].map(([name, { shape }]) => [name, shape] as const)));
    assert.deepEqual(shapes.get("model.embed_tokens.weight"), [config.vocab_size, config.hidden_size]);
    assert.deepEqual(shapes.get("lm_head.weight"), [config.vocab_size, config.hidden_size]);
    for (let layer = 0; layer < config.num_hidden_layers; layer += 1) {
      assert.deepEqual(shapes.get(`model.layers.${layer}.mlp.down_proj.weight`), [config.hidden_size, config.intermediate_size]);
    }
    assert.equal(shapes.size, 3 + 9 * config.num_hidden_layers);
  });

  test("has a tokenizer with every byte, and a card and a license", () => {
    const tokenizer = parse("tokenizer.json") as { model: { vocab: Record<string, number> } };
    assert.deepEqual(
      Object.values(tokenizer.model.vocab).sort((a, b) => a - b),
      Array.from({ length: 258 }, (_, id) => id),
    );
    assert.match(String(files.get("README.md")), /^---\nlicense: mit\n/);
    assert.match(String(files.get("LICENSE")), /^MIT License\n/);
  });
});
