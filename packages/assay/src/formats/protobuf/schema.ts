/** What a field of a message holds. `numbers` and `floats` are scalars of wire types 0, 1 and 5, packed or not. */
export type FieldKind = "message" | "text" | "bytes" | "varint" | "fixed32" | "fixed64";

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly isRepeated: boolean;
  /** The type of a message field, a key of the schema. */
  readonly type: string | undefined;
}

/** The fields of one message type by their number. */
export type MessageFields = ReadonlyMap<number, Field>;
export type Schema = ReadonlyMap<string, MessageFields>;

const SCALARS: ReadonlyMap<string, FieldKind> = new Map([
  ["text", "text"],
  ["bytes", "bytes"],
  ["varint", "varint"],
  ["fixed32", "fixed32"],
  ["fixed64", "fixed64"],
]);

/**
 * A schema from lines as `Node: 1 input text*, 4 op_type text, 5 attribute Attribute*`: the number, the name, then a
 * scalar kind or the name of a message; `*` marks a repeated field. A map field is a repeated message of key and value.
 */
export function schemaOf(lines: string): Schema {
  const schema = new Map<string, MessageFields>();
  for (const line of lines.trim().split("\n")) {
    const [name = "", fields = ""] = line.split(":");
    schema.set(name.trim(), new Map(fields.split(",").flatMap(fieldOf)));
  }
  return schema;
}

function fieldOf(text: string): [number, Field][] {
  const [number, name, kind] = text.trim().split(" ");
  if (number === undefined || name === undefined || kind === undefined) return [];
  const isRepeated = kind.endsWith("*");
  const type = isRepeated ? kind.slice(0, -1) : kind;
  const scalar = SCALARS.get(type);
  return [[Number(number), { name, kind: scalar ?? "message", isRepeated, type: scalar === undefined ? type : undefined }]];
}
