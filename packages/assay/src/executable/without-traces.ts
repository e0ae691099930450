// What a snapshot would keep of the process that made it, and two builds would differ in. Imported before all else.
const { poolSize } = Buffer;
const clock = Object.getOwnPropertyDescriptor(process.hrtime, "bigint") ?? {};

// Small buffers share a pool of memory that is not cleared.
Buffer.poolSize = 0;
// The clock writes into memory of its own.
process.hrtime.bigint = () => 0n;
// A start sets its own number.
Object.defineProperty(process, "pid", { value: 1, writable: false, enumerable: true, configurable: true });
// A short array is kept up to the next multiple of eight bytes, and what is behind its end is not cleared. One whose buffer was
// asked for is elsewhere, and kept as long as it is.
Uint8Array.of = (...bytes: number[]): Uint8Array<ArrayBuffer> => {
  const array = new Uint8Array(new ArrayBuffer(bytes.length));
  array.set(bytes);
  return array;
};

/** To be called when the snapshot is complete: a start has all of this as Node has it. */
export function restore(): void {
  // Where Node keeps the numbers of the file and the disk that it looked at last.
  for (const value of Object.values(fileBinding())) {
    if (value instanceof Float64Array) value.fill(0);
    if (value instanceof BigInt64Array) value.fill(0n);
  }
  Buffer.poolSize = poolSize;
  Object.defineProperty(process.hrtime, "bigint", clock);
  // What is inherited is seen again.
  Reflect.deleteProperty(Uint8Array, "of");
}

/** Node's own access to files, which has no public name. */
function fileBinding(): object {
  const binding: unknown = Reflect.get(process, "binding");
  const found: unknown = typeof binding === "function" ? Reflect.apply(binding, process, ["fs"]) : undefined;
  return typeof found === "object" && found !== null ? found : {};
}
