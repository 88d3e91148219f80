import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fresh, heard, joined as enters, settled, type Channel } from "../src/channel";
import type { Outgoing } from "../src/outbox";
import { Reader } from "../src/reader";
import { joined, NIGHT, said } from "./server";

let heardAloud: [string, string][];
let reader: Reader;
let room: Channel;

const speaks = (seq: number, text: string, changes = {}): void => {
  room = heard(room, said(seq, text, { at: 2_000_000 + seq, ...changes }), true, 0);
  reader.entries(room, true);
};
const lines = (): string[] => heardAloud.map(([line]) => line);

beforeEach(() => {
  vi.useFakeTimers();
  heardAloud = [];
  reader = new Reader((line, urgency = "polite") => heardAloud.push([line, urgency]));
  room = enters(fresh(NIGHT), joined(), 1_500_000);
  room = heard(room, said(1, "from before"), true, 0);
  reader.entries(room, true);
});
afterEach(() => vi.useRealTimers());

describe("a screen reader", () => {
  test("hears a new message as name and text, and nothing that was there before", () => {
    speaks(2, "hello");
    expect(heardAloud).toEqual([["soft-maple-31: hello", "polite"]]);
  });

  test("does not hear what I wrote myself", () => {
    speaks(2, "mine", { handle: "quiet-heron-12" });
    expect(lines()).toEqual([]);
  });

  test("hears a count instead, where more than six come in a minute", () => {
    for (let seq = 2; seq <= 10; seq += 1) speaks(seq, `words ${seq}`);
    expect(lines()).toHaveLength(6);
    vi.advanceTimersByTime(10_000);
    expect(lines()).toHaveLength(7);
    expect(lines()[6]).toContain("room.new");
  });

  test("hears nothing where that was chosen, and goes on from there", () => {
    room = heard(room, said(2, "unheard", { at: 2_000_000 }), true, 0);
    reader.entries(room, false);
    speaks(3, "heard");
    expect(lines()).toEqual(["soft-maple-31: heard"]);
  });

  test("hears at once what someone of the team writes in a private talk", () => {
    room = { ...room, id: "ticket:t1" };
    speaks(2, "I am here", { handle: "Wren", voice: "moderator" });
    expect(heardAloud).toEqual([["Wren: I am here", "assertive"]]);
  });

  test("hears at once that a message of mine was not sent, and that words came back", () => {
    const item: Outgoing = {
      clientId: "a", channel: NIGHT, text: "mine", rules: 1, replaces: null, since: 0, at: 0, tried: false, fate: { is: "sending" },
    };
    reader.fates([item]);
    reader.fates([{ ...item, fate: { is: "not_sent" } }]);
    reader.notice("slow_mode");
    expect(heardAloud.map(([, urgency]) => urgency)).toEqual(["assertive", "assertive"]);
  });

  test("goes on reading when a new epoch has begun its numbers lower", () => {
    speaks(9, "the ninth");
    room = { ...enters(room, joined({ resumed: "epoch" }), 0) };
    room = settled(heard(room, said(1, "from before"), true, 0));
    reader.entries(room, true);
    speaks(2, "the second of the new ones");
    expect(lines()).toEqual(["soft-maple-31: the ninth", "soft-maple-31: the second of the new ones"]);
  });
});
