/** Our MessagePack against another one: what either writes, the other reads. */
import * as theirs from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import { decode, encode } from "../src/packing";

const EDGES = [0x1f, 0x20, 0xff, 0x100, 0xffff, 0x1_0000];

const VALUES: Readonly<Record<string, unknown>> = {
  "nothing, yes and no": [null, true, false],
  "numbers at each edge": [0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER],
  "texts at each edge": EDGES.map((size) => "x".repeat(size)),
  "texts of every kind": ["", "¿Qué tal?", "שלום", "👩‍👩‍👧", "\uFEFFfirst", "\u0000"],
  "bytes at each edge": [0, ...EDGES].map((size) => new Uint8Array(size).fill(7)),
  "short and long lists": [[], ...[15, 16, 0x1_0000].map((size) => Array.from({ length: size }, () => 1))],
  "short and long maps": [0, 15, 16, 0x1_0000].map((size) => Object.fromEntries(Array.from({ length: size }, (_, key) => [`k${key}`, key]))),
  "a frame": [2 ** 40, { type: "said", at: 1_700_000_000_000, text: "hello", client_id: new Uint8Array(16), held: [{ seq: 1 }] }],
};

describe.each(Object.entries(VALUES))("%s", (_, value) => {
  test("are read by another one as they were", () => expect(theirs.decode(encode(value))).toEqual(value));
  test("are read as another one wrote them", () => expect(decode(buffer(theirs.encode(value)))).toEqual(value));
});

test("a field that is undefined is left out", () => expect(theirs.decode(encode({ a: 1, b: undefined }))).toEqual({ a: 1 }));

test.each([-1, 0.5, Number.NaN, 2 ** 53])("%s is no number of ours", (number) => expect(() => encode(number)).toThrow(RangeError));

test("a text that is cut, and a size that is not true, are refused", () => {
  const whole = encode([1, { text: "hello", bytes: new Uint8Array(300) }]);
  for (let size = 0; size < whole.length; size += 1) expect(() => decode(buffer(whole.subarray(0, size)))).toThrow(RangeError);
  expect(() => decode(Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff).buffer)).toThrow(RangeError);
});

test("what comes after the value is refused, and so is what the wire does not use", () => {
  expect(() => decode(Uint8Array.of(1, 2).buffer)).toThrow(RangeError);
  for (const kind of [0xc1, 0xc7, 0xca, 0xcb, 0xd0, 0xd3, 0xd4, 0xd8, 0xff]) expect(() => decode(buffer(new Uint8Array(20).fill(kind, 0, 1)))).toThrow(RangeError);
});

test("a field called __proto__ is a field and nothing more", () => {
  const read = decode(buffer(encode(JSON.parse('{"__proto__": {"a": 1}}')))) as object;
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(Object.keys(read)).toEqual(["__proto__"]);
});

function buffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
