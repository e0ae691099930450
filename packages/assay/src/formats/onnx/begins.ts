/** Fields that may follow ir_version in ONNX's ModelProto. */
const FIELDS: ReadonlySet<number | undefined> = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72]);

/** ir_version, a small number, then another field of ModelProto. */
export function beginsAsOnnx([tag, version = 0, next]: Uint8Array): boolean {
  return tag === 0x08 && version > 0 && version < 0x20 && FIELDS.has(next);
}
