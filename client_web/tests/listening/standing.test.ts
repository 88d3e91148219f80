import { describe, expect, test } from "vitest";
import { agreed, consented, heard, isNearlyOver, NOWHERE, slowed, type Standing } from "../../src/listening/standing";
import type { Event, OneToOne, Place } from "../../src/protocol";

const ONE: OneToOne = {
  channel: "one:a", name: "Wren", handle: "quiet-heron-12", wish: { topic: null, style: null, avoid: [] }, since: 1_000, ends: 2_701_000,
  slowly: false, over: false, watched: false,
};
const PLACE: Place = { ahead: 2, free: 0, listeners: 1, since: 500, first: false, under_18: false };

function hears(standing: Standing, event: Event, seq = 0): Standing {
  return heard(standing, [seq, event]);
}

function state(changes: Partial<Extract<Event, { type: "listening_state" }>> = {}): Event {
  return {
    type: "listening_state", ref: 1, place: null, wish: null, draft: "", ones: [], duties: null, offer: null, worries: [], supervisors: [],
    transfer: null, wanted: null, asks: [], shares: "", training: null, ...changes,
  };
}

const waiting = hears(NOWHERE, { type: "queued", ref: 1, place: PLACE });
const talking = hears(waiting, { type: "one_began", one: ONE, at: 1_000 });

describe("the wait", () => {
  test("goes on with every place that is told, and a place that comes late begins none", () => {
    expect(hears(waiting, { type: "queue_place", place: { ...PLACE, ahead: 1 } }).place?.ahead).toBe(1);
    const left = hears(waiting, { type: "queue_ended", why: "left", at: 0 });
    expect(left.place).toBeNull();
    expect(hears(left, { type: "queue_place", place: PLACE })).toBe(left);
  });

  test("tells the minutes that were reached, and never fewer", () => {
    const long = hears(waiting, { type: "queue_wait", minutes: 5, at: 1 });
    expect(hears(long, { type: "queue_wait", minutes: 2, at: 1 }).waited).toBe(5);
  });

  test("is over with its reason; news of an earlier wait ends no later one", () => {
    expect(hears(waiting, { type: "queue_ended", why: "lapsed", at: 600 }).unqueued).toBe("lapsed");
    expect(hears(waiting, { type: "queue_ended", why: "left", at: 400 })).toBe(waiting);
  });

  test("that the server knows nothing of has lapsed", () => {
    expect(hears(waiting, state())).toMatchObject({ place: null, unqueued: "lapsed", known: true });
  });
});

describe("the talk", () => {
  test("takes the place of the wait", () => {
    expect(talking).toMatchObject({ place: null, waited: 0, talk: { one: ONE, notes: [], agreed: false } });
  });

  test("is found again after a reload, with what was told in it once", () => {
    const found = hears(NOWHERE, state({ ones: [ONE] }));
    const nudged: Event = { type: "one_nudged", channel: "one:a", listener: false, minutes: 5, at: 2_000 };
    const twice = hears(hears(found, nudged, 4), nudged, 4);
    expect(twice.talk?.notes).toHaveLength(1);
    expect(hears(found, { ...nudged, channel: "one:b" }, 4)).toBe(found);
  });

  test("has more time when both have agreed, however the two answers cross", () => {
    const nearly = hears(talking, { type: "one_time", channel: "one:a", minutes: 10, at: 2_000 }, 3);
    expect(isNearlyOver(nearly.talk!)).toBe(true);
    expect(agreed(nearly).talk?.agreed).toBe(true);
    const longer = hears(agreed(nearly), { type: "one_extended", channel: "one:a", ends: 3_601_000, at: 2_100 }, 4);
    expect(longer.talk).toMatchObject({ agreed: false, one: { ends: 3_601_000 } });
    expect(isNearlyOver(longer.talk!)).toBe(false);
    expect(agreed(longer)).toBe(longer);
  });

  test("passes to someone else only after I was asked, and silence or a no changes nothing", () => {
    const wants: Event = { type: "transfer_asked", channel: "one:a", to: "listener", name: "", summary: "About work.", until: 9_000, at: 2_000 };
    const transfer = hears(talking, wants);
    expect(transfer.talk?.transfer).toMatchObject({ is: "asked", summary: "About work." });
    expect(consented(transfer, "no").talk?.transfer).toBeNull();
    expect(hears(transfer, { type: "transfer_ended", channel: "one:a", why: "lapsed", at: 9_000 }).talk?.transfer?.is).toBe("over");
    const handed = hears(consented(transfer, "yes"), { type: "one_handed", channel: "one:a", name: "Lark", watched: true, at: 3_000 }, 7);
    expect(handed.talk).toMatchObject({ transfer: null, one: { name: "Lark", watched: true } });
  });

  test("is asked about passing on as it stands after a reload, and a question that ended unheard is over", () => {
    const transfer = { channel: "one:a", side: "peer", to: "listener", step: "peer", name: "", summary: "About work.", until: 9_000 } as const;
    const back = hears(NOWHERE, state({ ones: [ONE], transfer }));
    expect(back.talk?.transfer).toMatchObject({ is: "asked", summary: "About work.", until: 9_000 });
    expect(hears(back, state({ ones: [ONE], transfer: { ...transfer, step: "both", name: "Lark" } })).talk?.transfer).toMatchObject({ is: "agreed", name: "Lark" });
    expect(hears(back, state({ ones: [ONE] })).talk?.transfer?.is).toBe("over");
    expect(hears(NOWHERE, state({ ones: [ONE] })).talk?.transfer).toBeNull();
  });

  test("tells what is shared, as it can be read", () => {
    expect(hears(waiting, state({ place: PLACE, shares: "My sister died in May." })).shares).toBe("My sister died in May.");
  });

  test("knows that I type slowly once I have said so", () => {
    expect(slowed(talking).talk?.one.slowly).toBe(true);
    expect(slowed(waiting)).toBe(waiting);
  });

  test("ends with its reason, and with the next queue the card is put away", () => {
    const ended = hears(talking, { type: "one_ended", one: { ...ONE, over: true }, why: "peer_silent", waits: false, again: 9_000, at: 3_000 });
    expect(ended).toMatchObject({ talk: null, ended: { why: "peer_silent", again: 9_000 } });
    expect(hears(ended, { type: "queued", ref: 2, place: { ...PLACE, first: true } }).ended).toBeNull();
  });

  test("whose listener was lost leads back into the wait, at the head", () => {
    const lost = hears(talking, { type: "one_ended", one: { ...ONE, over: true }, why: "listener_gone", waits: true, again: 0, at: 3_000 });
    expect(lost).toMatchObject({ talk: null, known: false, place: { first: true }, ended: { why: "listener_gone" } });
    expect(hears(lost, state({ place: { ...PLACE, first: true } }))).toMatchObject({ known: true, place: { ahead: 2 }, ended: { why: "listener_gone" } });
  });

  test("that ended unheard is over all the same, and an old end ends no other talk", () => {
    expect(hears(talking, state()).ended?.one.channel).toBe("one:a");
    const other = { ...ONE, channel: "one:z", over: true };
    expect(hears(talking, { type: "one_ended", one: other, why: "goodbye", waits: false, again: 0, at: 1 })).toBe(talking);
  });
});
