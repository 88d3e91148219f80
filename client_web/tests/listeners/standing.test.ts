import { describe, expect, test } from "vitest";
import { heard, UNKNOWN, type Standing } from "../../src/listeners/standing";
import type { Event } from "../../src/protocol";
import { said } from "../server";
import { duties, ended, offer, ONE, one, state } from "./things";

function after(...events: Event[]): Standing {
  return events.reduce(heard, UNKNOWN);
}

const BEGAN: Event = { type: "one_began", one: one(), at: 1 };

describe("an offer", () => {
  test("is there until it ends, and how it ended is told once", () => {
    const offered = after({ type: "offered", offer: offer(), at: 1 });
    expect(offered.offer?.offer).toBe("abc");
    const lapsed = heard(offered, { type: "offer_ended", offer: "abc", why: "lapsed", at: 2 });
    expect([lapsed.offer, lapsed.passed]).toEqual([null, "lapsed"]);
    expect(heard(lapsed, { type: "offered", offer: offer({ offer: "def" }), at: 3 }).passed).toBeNull();
  });

  test("that was replaced does not end the one after it", () => {
    const next = after({ type: "offered", offer: offer({ offer: "def" }), at: 1 });
    expect(heard(next, { type: "offer_ended", offer: "abc", why: "withdrawn", at: 2 })).toBe(next);
  });
});

describe("the training", () => {
  test("is due until it was gone through, and that is told", () => {
    const due = after(state({ training: { due: "first", until: 0, to_watch: 0 } }));
    expect(due.training?.due).toBe("first");
    expect(heard(due, { type: "training_changed", training: { due: null, until: 9, to_watch: 3 }, at: 1 }).training).toEqual({ due: null, until: 9, to_watch: 3 });
  });
});

describe("a one-to-one", () => {
  test("begins once, and ends with its reason", () => {
    const begun = after(BEGAN);
    expect(heard(begun, BEGAN)).toBe(begun);
    const over = heard(begun, ended({ why: "peer_silent" }));
    expect([over.talk, over.ended?.why]).toEqual([null, "peer_silent"]);
  });

  test("of someone else's changes nothing", () => {
    const begun = after(BEGAN);
    expect(heard(begun, { type: "one_time", channel: "one:other", minutes: 5, at: 2 })).toBe(begun);
  });

  test("tells who owes a word until someone speaks", () => {
    const quiet = after(BEGAN, { type: "one_nudged", channel: ONE, listener: true, minutes: 3, at: 2 });
    expect(quiet.talk?.quiet).toEqual({ mine: true, minutes: 3 });
    expect(heard(quiet, said(5, "here", { channel: ONE })[1]).talk?.quiet).toBeNull();
  });

  test("is longer once both agree", () => {
    const late = after(BEGAN, { type: "one_time", channel: ONE, minutes: 5, at: 2 });
    expect(late.talk?.left).toBe(5);
    const longer = heard(late, { type: "one_extended", channel: ONE, ends: 99, at: 3 });
    expect([longer.talk?.left, longer.talk?.one.ends, longer.talk?.agreed]).toEqual([null, 99, false]);
  });

  test("after a reload is where it was", () => {
    const back = after(state({ ones: [one()], duties: duties({ state: "in_session" }) }));
    expect([back.known, back.talk?.one.channel]).toEqual([true, ONE]);
    expect(after(state({ ones: [one({ over: true })] })).talk).toBeNull();
  });

  test("keeps what is known of it when the line comes back", () => {
    const talk = after(BEGAN, { type: "one_time", channel: ONE, minutes: 5, at: 2 });
    expect(heard(talk, state({ ones: [one()] })).talk?.left).toBe(5);
    expect(heard(talk, state()).talk).toBeNull();
  });
});

describe("a question to a supervisor", () => {
  const ASKED: Event = { type: "supervisor_asked", ref: 1, channel: "ask:abc", supervisors: ["Sue"], due: 60_000, called: false };

  test("waits until someone of them writes, and ends with the one-to-one", () => {
    const asked = after(BEGAN, ASKED);
    expect([asked.question?.channel, asked.question?.by]).toEqual(["ask:abc", ""]);
    expect(heard(asked, { type: "ask_called", channel: "ask:abc", step: "everyone", at: 2 }).question?.called).toBe(true);
    const answered = heard(asked, { type: "supervisor_wrote", channel: "ask:abc", one: ONE, name: "Sue", at: 3 });
    expect(answered.question?.by).toBe("Sue");
    expect(heard(answered, ended()).question).toBeNull();
  });

  test("need not have been asked: whoever supervises may write first", () => {
    const wrote = after(BEGAN, { type: "supervisor_wrote", channel: "ask:abc", one: ONE, name: "Sue", at: 3 });
    expect(wrote.question?.by).toBe("Sue");
  });

  test("a worry is open until someone of the team has taken it, also after a reload", () => {
    const taken = after(state({ ones: [one()], worries: [{ channel: ONE, name: "" }] }), { type: "worry_taken", channel: ONE, name: "Mona", at: 2 });
    expect(taken.talk?.worry).toBe("Mona");
    expect(after(state({ ones: [one()] })).talk?.worry).toBeNull();
  });
});

describe("a talk about oneself", () => {
  const OWN: Event = { type: "supervisor_asked", ref: 1, channel: "ask:own", supervisors: ["Sue"], due: 60_000, called: false };
  const item = { channel: "ask:own", one: null, name: "Wren", since: 1, due: 0, answered_by: "Sue", called: null };

  test("is nobody's one-to-one, and outlives it", () => {
    const both = after(BEGAN, OWN, { type: "supervisor_wrote", channel: "ask:own", one: null, name: "Sue", at: 3 });
    expect([both.question, both.own?.by]).toEqual([null, "Sue"]);
    expect(heard(both, ended()).own?.channel).toBe("ask:own");
  });

  test("is found again after a reload, and gone once it is closed", () => {
    const back = after(state({ asks: [item], supervisors: ["Sue", "Wren"] }));
    expect(back.own).toEqual({ channel: "ask:own", supervisors: ["Sue"], by: "Sue", called: false });
    expect(heard(back, state()).own).toBeNull();
  });

  test("waits beside a question about the one-to-one, each with its own answer", () => {
    const about = { ...item, channel: "ask:abc", one: ONE, answered_by: "", called: "everyone" as const };
    const back = after(state({ ones: [one()], asks: [item, about] }));
    expect([back.question?.called, back.question?.by, back.own?.by]).toEqual([true, "", "Sue"]);
  });
});

describe("what the peer shares", () => {
  test("is known in that talk alone", () => {
    const talk = after(BEGAN, { type: "summary_shared", ref: 1, text: "My sister died in May." });
    expect(talk.talk?.shared).toBe("My sister died in May.");
    expect(heard(talk, state({ ones: [one()] })).talk?.shared).toBe("My sister died in May.");
    expect(after(BEGAN, { type: "summary_shared", ref: 1, text: "words" }, ended(), { type: "one_began", one: one({ channel: "one:def" }), at: 9 }).talk?.shared).toBeNull();
  });
});

describe("passing on", () => {
  const ASKED: Event = { type: "transfer_changed", channel: ONE, step: "peer", name: "", until: 9, at: 2 };

  test("goes from the person's word to who has come, and then it is theirs", () => {
    const both = after(BEGAN, ASKED, { type: "transfer_changed", channel: ONE, step: "both", name: "Lark", until: 9, at: 3 });
    expect(both.passing).toEqual({ side: "listener", step: "both", name: "Lark" });
    const over = heard(both, { type: "handed_on", one: one(), name: "Lark", at: 4 });
    expect([over.talk, over.passing, over.handed]).toEqual([null, null, "Lark"]);
  });

  test("that came to nothing says why, and the one-to-one stays mine", () => {
    const declined = after(BEGAN, ASKED, { type: "transfer_ended", channel: ONE, why: "declined", at: 3 });
    expect([declined.passing, declined.stays, declined.talk?.one.channel]).toEqual([null, "declined", ONE]);
  });

  test("is offered to a colleague until they answer, or it is over", () => {
    const wanted: Event = {
      type: "transfer_offered", at: 1,
      offer: { channel: "one:def", by: "Ibis", to: "listener", wish: { topic: null, style: null, avoid: [] }, urgency: null, summary: "", until: 9 },
    };
    expect(after(wanted).wanted?.by).toBe("Ibis");
    expect(after(wanted, { type: "transfer_ended", channel: "one:def", why: "withdrawn", at: 2 }).wanted).toBeNull();
    expect(after(wanted, { type: "one_began", one: one({ channel: "one:def" }), at: 2 }).wanted).toBeNull();
  });

  test("is found again after a reload by both listeners, and by who is asked", () => {
    const transfer = { channel: ONE, side: "listener", to: "listener", step: "receiver", name: "", summary: "", until: 9 } as const;
    const back = after(state({ ones: [one()], transfer }));
    expect(back.passing).toEqual({ side: "listener", step: "receiver", name: "" });
    expect(heard(back, state({ ones: [one()] })).passing).toBeNull();
    const wanted = { channel: "one:def", by: "Ibis", to: "listener", wish: { topic: null, style: null, avoid: [] }, urgency: null, summary: "", until: 9 } as const;
    expect(heard(after(state({ wanted })), state()).wanted).toBeNull();
  });

  test("that came to nothing is not mine: who had come in is out again", () => {
    const transfer = { channel: ONE, side: "receiver", to: "listener", step: "both", name: "Lark", summary: "", until: 9 } as const;
    const beside = after(state({ ones: [one()], transfer }));
    expect(heard(beside, { type: "transfer_ended", channel: ONE, why: "nobody", at: 2 }).talk).toBeNull();
    const mine = heard(beside, { type: "one_handed", channel: ONE, name: "Lark", watched: false, at: 2 });
    expect([mine.passing, mine.talk?.one.name]).toEqual([null, "Lark"]);
  });
});
