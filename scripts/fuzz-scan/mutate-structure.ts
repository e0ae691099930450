import { crc32, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { mutateBytes } from "./mutate-bytes.ts";
import type { Random } from "./random.ts";

/**
 * Changes what is inside a structure, and mends what surrounds it: the members of zip archives with their CRC and sizes, the
 * content of gzip, the fields of protobuf with their lengths. Undefined for any other bytes.
 */
export function mutateStructure(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array | undefined {
  const buffer = Buffer.from(bytes);
  if (buffer.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return mutateZip(buffer, other, random);
  if (buffer[0] === 0x1f && buffer[1] === 0x8b) return mutateGzip(buffer, other, random);
  return mutateFields(buffer, other, random, 0);
}

interface Member {
  readonly name: Buffer;
  readonly content: Buffer;
  readonly isDeflated: boolean;
}

function mutateZip(zip: Buffer, other: Uint8Array, random: Random): Uint8Array | undefined {
  const members = membersOf(zip);
  const at = random(Math.max(1, members.length));
  const member = members[at];
  if (member === undefined) return undefined;
  const changed = { ...member };
  switch (random(8)) {
    case 0:
      return writeZip([...members.slice(0, at), ...members.slice(at + 1)]);
    case 1:
      return writeZip([...members, member]);
    case 2:
      return writeZip(members.with(at, { ...changed, name: Buffer.from(mutateBytes(member.name, other, random)).subarray(0, 300) }));
    case 3:
      return writeZip(members.with(at, { ...changed, isDeflated: !member.isDeflated }));
    default: {
      const inner = random(2) === 0 ? mutateStructure(member.content, other, random) : undefined;
      return writeZip(members.with(at, { ...changed, content: Buffer.from(inner ?? mutateBytes(member.content, other, random)) }));
    }
  }
}

/** By the central directory; empty where it cannot be read. */
function membersOf(zip: Buffer): Member[] {
  const end = zip.lastIndexOf("PK\u0005\u0006");
  const members: Member[] = [];
  try {
    for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0 && members.length < 100; left--) {
      if (zip.readUInt32LE(at) !== 0x02014b50) break;
      const [method, size, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const stored = zip.subarray(start, start + size);
      const content = method === 8 ? inflateRawSync(stored, { maxOutputLength: 1 << 20 }) : Buffer.from(stored);
      members.push({ name: Buffer.from(zip.subarray(at + 46, at + 46 + nameLength)), content, isDeflated: method === 8 });
      at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
  } catch {
    return members;
  }
  return members;
}

function writeZip(members: readonly Member[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, content, isDeflated } of members) {
    const data = isDeflated ? deflateRawSync(content) : content;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(isDeflated ? 8 : 0, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), shared, name, data]);
    locals.push(local);
    centrals.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), shared, offset, name]));
    at += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, central, end]);
}

function mutateGzip(bytes: Buffer, other: Uint8Array, random: Random): Uint8Array | undefined {
  try {
    const content = gunzipSync(bytes, { maxOutputLength: 1 << 20 });
    return gzipSync(mutateStructure(content, other, random) ?? mutateBytes(content, other, random));
  } catch {
    return undefined;
  }
}

interface Field {
  readonly start: number;
  /** Where the payload of a field of variable length begins; undefined for a number. */
  readonly payload: number | undefined;
  readonly end: number;
}

/** Changes one field of a protobuf message, at any depth, and writes the lengths around it again. */
function mutateFields(message: Buffer, other: Uint8Array, random: Random, depth: number): Uint8Array | undefined {
  const fields = fieldsOf(message);
  const field = fields[random(Math.max(1, fields.length))];
  if (field === undefined) return undefined;
  const around = (middle: Uint8Array): Buffer => Buffer.concat([message.subarray(0, field.start), middle, message.subarray(field.end)]);
  const whole = message.subarray(field.start, field.end);
  if (random(8) === 0) return around(random(2) === 0 ? Buffer.alloc(0) : Buffer.concat([whole, whole]));
  if (field.payload === undefined) return around(mutateBytes(whole, other, random));
  const payload = message.subarray(field.payload, field.end);
  const inner = depth < 6 && random(4) > 0 ? mutateFields(payload, other, random, depth + 1) : undefined;
  const changed = inner ?? mutateBytes(payload, other, random);
  const tag = message.subarray(field.start, field.payload);
  return around(Buffer.concat([tag.subarray(0, varintEnd(tag, 0)), varint(changed.length), changed]));
}

/** Empty for bytes that are not a whole message. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const start = at;
    const wire = (message[at] ?? 0) & 7;
    at = varintEnd(message, at);
    if (wire === 2) {
      const next = varintEnd(message, at);
      const end = next + varintValue(message, at);
      if (end > message.length) return [];
      fields.push({ start, payload: next, end });
      at = end;
      continue;
    }
    if (wire === 0) at = varintEnd(message, at);
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else return [];
    if (at > message.length) return [];
    fields.push({ start, payload: undefined, end: at });
  }
  return fields;
}

function varintEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) at++;
  return at + 1;
}

function varintValue(bytes: Buffer, from: number): number {
  let value = 0;
  for (let at = from, shift = 1; at < varintEnd(bytes, from); at++, shift *= 128) value += ((bytes[at] ?? 0) & 0x7f) * shift;
  return value;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
