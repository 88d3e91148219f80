import { describe, expect, test } from "vitest";
import { EMPTY, heard, snapshot, type Desk } from "../../src/console/desk";
import type { Frame } from "../../src/wire";
import { ban, banChanged, deskState, hold, holdArrived, holdSettled, mute, muteChanged, pagerChanged, pageSeen, policy, policyChanged, report, reportArrived, reportSettled, ticket, ticketChanged, unscreened } from "./things";

const after = (desk: Desk, ...frames: Frame[]): Desk => frames.reduce(heard, desk);
/** What staff see; where it came from is not part of it. */
const seen = ({ holds, tickets, reports, mutes, bans, pager, seen: phone, unscreened: unread }: Desk): object => ({ holds, tickets, reports, mutes, bans, pager, phone, unread: Object.keys(unread) });

const STORY: readonly Frame[] = [
  holdArrived(11, hold("a")),
  holdArrived(12, hold("b")),
  ticketChanged(13, ticket("t", { changed: 13 })),
  reportArrived(14, report("r")),
  holdSettled(15, "a"),
  ticketChanged(16, ticket("t", { state: "acknowledged", taken_by: "Wren", changed: 16 })),
  muteChanged(17, mute("m", 9_000)),
  reportArrived(18, report("r", { times: 2 })),
  ticketChanged(19, ticket("u", { changed: 19 })),
  reportSettled(20, "r"),
  ticketChanged(21, ticket("t", { state: "settled", outcome: "declined", changed: 21 })),
  muteChanged(22, mute("m", 22)),
  banChanged(23, ban("b", 9_000)),
  banChanged(24, ban("b", 24)),
  banChanged(25, ban("c", 9_000)),
  pagerChanged(26, "phones", true),
  pagerChanged(27, "mail", true),
  pagerChanged(28, "phones", false),
  pageSeen(29, "u"),
  pageSeen(30, "u"),
  unscreened(31, "m1"),
];

const END = deskState(31, { unscreened: [{ type: "unscreened", channel: "room:night", id: "m1", why: "language", at: 31 }], pager: ["mail"], seen: ["u"], holds: [hold("b")], tickets: [ticket("u", { changed: 19 })], bans: [ban("c", 9_000)] });

describe("the desk", () => {
  test("knows what is proposed until it is withdrawn or comes into force", () => {
    const told = (...frames: Frame[]): unknown => after(snapshot(deskState(10)), ...frames).policy;
    const [proposed, withdrawn] = [policyChanged(11, 3, "proposed"), policyChanged(12, 3, "withdrawn")];
    expect(told(proposed)).toEqual(policy(3, "proposed"));
    expect(told(proposed, withdrawn)).toBe(null);
    expect(told(proposed, policyChanged(12, 3, "in_force"))).toEqual(snapshot(deskState(12, { policy: policy(3, "in_force") })).policy);
  });

  test("is unknown before the first snapshot, whatever was heard", () => {
    expect(after(EMPTY, ...STORY)).toBe(EMPTY);
  });

  test("after all events is what a fresh snapshot says", () => {
    expect(seen(after(snapshot(deskState(10)), ...STORY))).toEqual(seen(snapshot(END)));
  });

  test("is the same from every place in the story where a snapshot was taken", () => {
    for (let place = 0; place <= STORY.length; place += 1) {
      const before = after(snapshot(deskState(10)), ...STORY.slice(0, place));
      const taken = deskState(10 + place, {
        holds: Object.values(before.holds),
        tickets: Object.values(before.tickets),
        reports: Object.values(before.reports),
        mutes: Object.values(before.mutes),
        bans: Object.values(before.bans),
        pager: [...before.pager],
        seen: [...before.seen],
        unscreened: Object.values(before.unscreened),
      });
      expect(seen(after(snapshot(taken), ...STORY.slice(place)))).toEqual(seen(snapshot(END)));
    }
  });

  test("is right in the end where the snapshot was read after events that follow it", () => {
    const early = { ...END, position: { epoch: 1, seq: 10 } };
    expect(seen(after(snapshot(early), ...STORY))).toEqual(seen(snapshot(END)));
  });

  test("is begun anew by every snapshot", () => {
    const old = after(snapshot(deskState(10)), ...STORY.slice(0, 4));
    expect(after(old, [0, END])).toEqual(snapshot(END));
  });

  test("hears every event once", () => {
    const once = after(snapshot(deskState(10)), ...STORY);
    expect(after(once, ...STORY)).toBe(once);
  });

  test("does not bring back a held message whose end was heard before its arrival", () => {
    const desk = after(snapshot(deskState(10)), holdSettled(11, "a"), holdArrived(12, hold("a")));
    expect(desk.holds).toEqual({});
  });

  test("drops a mute that was ended by a machine whose clock runs ahead", () => {
    const desk = snapshot(deskState(10, { mutes: [mute("m", 900_000)] }));
    expect(after(desk, [11, { type: "mute_changed", mute: mute("m", 60_300), at: 60_000 }]).mutes).toEqual({});
  });

  test("keeps the later state of a ticket", () => {
    const desk = snapshot(deskState(10, { tickets: [ticket("t", { state: "acknowledged", taken_by: "Ibis", changed: 50 })] }));
    expect(after(desk, ticketChanged(11, ticket("t", { changed: 11 }))).tickets["t"]?.taken_by).toBe("Ibis");
  });

  test("is not touched by what is said in rooms", () => {
    const desk = snapshot(deskState(10));
    expect(after(desk, [30, { type: "removed", channel: "room:night", gone: 3, own: false, at: 1 }])).toBe(desk);
  });
});
