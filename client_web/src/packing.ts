/** MessagePack as far as the wire uses it: whole numbers from 0 to 2^53, texts, bytes, lists, and maps by text. */

const UTF8 = new TextEncoder();
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true }); // what was written is shown as it came
const HIGH = 2 ** 32;

/** A field that is undefined is left out. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  write(bytes, value);
  return Uint8Array.from(bytes);
}

/** Throws for what is not one whole value of ours. */
export function decode(data: ArrayBuffer): unknown {
  const reader = new Reader(data);
  const value = reader.value();
  if (!reader.ended) throw new RangeError("more than one value");
  return value;
}

function write(to: number[], value: unknown): void {
  if (value === null) to.push(0xc0);
  else if (typeof value === "boolean") to.push(value ? 0xc3 : 0xc2);
  else if (typeof value === "number") writeNumber(to, value);
  else if (typeof value === "string") {
    const text = UTF8.encode(value);
    head(to, text.length, 0xa0, 0x20, [0xd9, 0xda, 0xdb]);
    append(to, text);
  } else if (value instanceof Uint8Array) {
    head(to, value.length, 0, 0, [0xc4, 0xc5, 0xc6]);
    append(to, value);
  } else if (Array.isArray(value)) {
    head(to, value.length, 0x90, 0x10, [0, 0xdc, 0xdd]);
    for (const item of value) write(to, item);
  } else writeMap(to, Object.entries(value as object));
}

function writeNumber(to: number[], value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("no number of ours");
  if (value < HIGH) return head(to, value, 0, 0x80, [0xcc, 0xcd, 0xce]);
  to.push(0xcf);
  big(to, Math.floor(value / HIGH), 4);
  big(to, value % HIGH, 4);
}

function writeMap(to: number[], fields: [string, unknown][]): void {
  const given = fields.filter(([, field]) => field !== undefined);
  head(to, given.length, 0x80, 0x10, [0, 0xde, 0xdf]);
  for (const [name, field] of given) {
    write(to, name);
    write(to, field);
  }
}

/** A size or a number: within the kind itself while it is below `room`, else in one, two or four bytes after it. */
function head(to: number[], size: number, short: number, room: number, kinds: readonly [number, number, number]): void {
  if (size < room) return void to.push(short | size);
  const power = size < 0x100 && kinds[0] ? 0 : size < 0x1_0000 ? 1 : 2;
  to.push(kinds[power] ?? 0);
  big(to, size, 1 << power);
}

/** Big end first. */
function big(to: number[], value: number, bytes: number): void {
  for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8) to.push((value >>> shift) & 0xff);
}

function append(to: number[], bytes: Uint8Array): void {
  for (const byte of bytes) to.push(byte);
}

class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly data: ArrayBuffer) {
    this.view = new DataView(data);
  }

  get ended(): boolean {
    return this.at === this.data.byteLength;
  }

  value(): unknown {
    const kind = this.number(0);
    if (kind < 0x80) return kind;
    if (kind < 0x90) return this.map(kind & 0x0f);
    if (kind < 0xa0) return this.list(kind & 0x0f);
    if (kind < 0xc0) return this.text(kind & 0x1f);
    if (kind === 0xc0) return null;
    if (kind === 0xc2 || kind === 0xc3) return kind === 0xc3;
    if (kind >= 0xc4 && kind <= 0xc6) return this.bytes(this.number(kind - 0xc4));
    if (kind >= 0xcc && kind <= 0xce) return this.number(kind - 0xcc);
    if (kind === 0xcf) return this.number(2) * HIGH + this.number(2);
    if (kind >= 0xd9 && kind <= 0xdb) return this.text(this.number(kind - 0xd9));
    if (kind === 0xdc || kind === 0xdd) return this.list(this.number(kind - 0xdb));
    if (kind === 0xde || kind === 0xdf) return this.map(this.number(kind - 0xdd));
    throw new RangeError("no kind of ours");
  }

  /** In one, two or four bytes: 2 to the power of that. */
  private number(power: number): number {
    const at = this.at;
    this.at += 1 << power;
    return power === 0 ? this.view.getUint8(at) : power === 1 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  /** One by one: a size that is not true ends where the bytes end. */
  private list(size: number): unknown[] {
    const items: unknown[] = [];
    while (items.length < size) items.push(this.value());
    return items;
  }

  private map(size: number): Record<string, unknown> {
    const fields: [string, unknown][] = [];
    while (fields.length < size) fields.push([String(this.value()), this.value()]);
    return Object.fromEntries(fields); // also of a field that is called __proto__ it makes a field
  }

  private text(size: number): string {
    return TEXT.decode(this.bytes(size));
  }

  private bytes(size: number): Uint8Array {
    const at = this.at;
    this.at += size;
    return new Uint8Array(this.data, at, size);
  }
}
