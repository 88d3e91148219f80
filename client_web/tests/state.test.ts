import { beforeEach, describe, expect, test } from "vitest";
import type { Event } from "../src/protocol";
import { reduce, type Action } from "../src/reduce";
import { START, type State } from "../src/state";
import { unhex, type Frame } from "../src/wire";
import { joined, NIGHT, removed, said, welcome } from "./server";

const MINE = "11".repeat(16);
const NOW = 2_000_000;
let state: State;

const does = (...actions: Action[]): void => void (state = actions.reduce(reduce, state));
const hears = (...frames: Frame[]): void => does(...frames.map((frame): Action => ({ do: "hear", frame, now: NOW })));
const says = (event: Event, seq = 0): void => hears([seq, event]);
const writes = (text: string, clientId = MINE): void =>
  does({ do: "write", item: { clientId, channel: NIGHT, text, rules: 1, replaces: null, since: 0, at: NOW } });
const fate = (): string | undefined => state.outbox.find((item) => item.clientId === MINE)?.fate.is;
const echo = (seq: number): Frame => said(seq, "mine", { client_id: unhex(MINE), handle: "quiet-heron-12" });
const posted = (seq: number, changes = {}): Event => ({
  type: "posted", ref: 5, channel: NIGHT, client_id: unhex(MINE), seq, id: `m${seq}`, text: null, dup: false, turn_ms: 0, ...changes,
});
const held = (changes = {}): Extract<Event, { type: "held" }> => ({
  type: "held", channel: NIGHT, client_id: unhex(MINE), hold: "h1", text: "mine", why: "contact", care: false, due: NOW + 300_000,
  ref: 0, turn_ms: 0, at: NOW, ...changes,
});
const ended = (decision: "allow" | "ask_edit" | "refuse" | null): Event => ({
  type: "hold_ended", channel: NIGHT, client_id: unhex(MINE), hold: "h1", decision, text: "mine", reason: "contact", note: "", at: NOW,
});

beforeEach(() => {
  state = START;
  does({ do: "link", link: { is: "open" } }, { do: "enter", channel: NIGHT });
  says(welcome());
  says(joined());
});

describe("a message of mine", () => {
  test("is sending until it was acknowledged, though its echo came first", () => {
    writes("mine");
    expect(state.drafts[NIGHT]).toBe("");
    hears(echo(4));
    expect(fate()).toBe("sending");
    says(posted(4));
    expect(fate()).toBeUndefined();
    expect(state.channels[NIGHT]?.log.entries).toHaveLength(1);
  });

  test("stays in sight between its acknowledgement and its echo", () => {
    writes("mine");
    says(posted(4));
    expect(fate()).toBe("posted");
    hears(echo(4));
    expect(fate()).toBeUndefined();
  });

  test("that is held says why and by when, and leaves when it was allowed", () => {
    writes("mine");
    says(held({ ref: 9 }));
    expect(state.outbox[0]?.fate).toMatchObject({ is: "held", why: "contact", due: NOW + 300_000 });
    says(ended("allow"), 2);
    hears(echo(8));
    expect(state.outbox).toEqual([]);
  });

  test("that was allowed is shown once, though its echo came before the word that it was", () => {
    writes("mine");
    says(held({ ref: 9 }));
    hears(echo(8));
    expect(fate()).toBeUndefined();
    says(ended("allow"), 2);
    expect(state.outbox).toEqual([]);
    expect(state.channels[NIGHT]?.log.entries).toHaveLength(1);
  });

  test("that was refused by a moderator keeps its words", () => {
    writes("mine");
    says(held());
    says(ended("refuse"), 2);
    expect(state.outbox[0]).toMatchObject({ text: "mine", fate: { is: "returned", reason: "contact", edit: false } });
  });

  test("that is held on another page of mine is shown here too", () => {
    says(held(), 1);
    expect(fate()).toBe("held");
  });

  test("goes back to the composer with its words when the moment was wrong", () => {
    writes("mine");
    does({ do: "refuse_post", clientId: MINE, code: "slow_mode", retryMs: 8_000, now: NOW });
    expect(state.outbox).toEqual([]);
    expect(state.drafts[NIGHT]).toBe("mine");
    expect(state.channels[NIGHT]).toMatchObject({ turnAt: NOW + 8_000, notice: "slow_mode" });
  });

  test("never overwrites what was typed meanwhile", () => {
    writes("mine");
    does({ do: "draft", channel: NIGHT, text: "newer" });
    does({ do: "refuse_post", clientId: MINE, code: "slow_mode", retryMs: 8_000, now: NOW });
    expect(state.drafts[NIGHT]).toBe("newer");
    expect(state.outbox[0]).toMatchObject({ text: "mine", fate: { is: "refused", code: "slow_mode" } });
  });

  test("is not sent after half an hour, and goes again under the same id when its author says so", () => {
    writes("mine");
    does({ do: "expire", now: 30 * 60_000 });
    expect(fate()).toBe("sending");
    does({ do: "expire", now: 30 * 60_000 + 1 });
    expect(fate()).toBe("not_sent");
    does({ do: "again", clientId: MINE, now: 31 * 60_000 });
    expect(fate()).toBe("sending");
  });

  test("that is held is replaced by its new words, and stays held until they are sent", () => {
    writes("mine");
    says(held());
    does({ do: "edit", clientId: MINE });
    expect(fate()).toBe("held");
    expect(state.editing[NIGHT]).toBe(MINE);
    expect(state.drafts[NIGHT]).toBe("mine");
    does({ do: "write", item: { clientId: "22".repeat(16), channel: NIGHT, text: "better", rules: 1, replaces: MINE, since: 0, at: NOW } });
    expect(state.outbox.map((item) => item.text)).toEqual(["better"]);
    expect(state.editing).toEqual({});
  });

  test("that ended while we were away is asked after, never dropped", () => {
    writes("mine");
    says(held());
    says(joined({ resumed: "resumed" }));
    expect(fate()).toBe("sending");
  });
});

describe("a room", () => {
  test("after what was missed is the same as one entered fresh", () => {
    hears(said(1), said(2), said(3));
    const old = state;
    const missed = [removed(4, 2), said(5)];
    hears(...missed);
    const caughtUp = state;
    state = { ...old, channels: {} };
    does({ do: "enter", channel: NIGHT });
    says(joined());
    hears(said(1), said(3), ...missed);
    expect(caughtUp.channels[NIGHT]?.log).toEqual(state.channels[NIGHT]?.log);
  });

  test("counts what others said while I looked elsewhere, and nothing of mine or from before", () => {
    hears(said(1));
    const later = { at: NOW + 1 };
    hears(said(2, "x", later), said(3, "x", { ...later, handle: "quiet-heron-12" }));
    expect(state.channels[NIGHT]?.unread).toBe(1);
    does({ do: "watch", channel: NIGHT });
    hears(said(4, "x", later));
    expect(state.channels[NIGHT]?.unread).toBe(0);
  });

  test("tells until when I can't write and what a moderator took down", () => {
    says({ type: "muted", channel: null, until: NOW + 60_000, reason: "unkind", note: "", at: NOW }, 1);
    expect(state.channels[NIGHT]).toMatchObject({ mutedUntil: NOW + 60_000, muteReason: "unkind" });
    says({ type: "unmuted", channel: null, at: NOW }, 2);
    expect(state.channels[NIGHT]?.mutedUntil).toBe(0);
    says({ type: "yours_removed", channel: NIGHT, gone: 3, text: "mine", reason: "harm", note: "", at: NOW }, 3);
    expect(state.channels[NIGHT]?.removed[3]).toMatchObject({ reason: "harm" });
  });
});

describe("what became of my words", () => {
  const began = (top: number): void => says(joined({ resumed: "epoch", position: { epoch: 2, seq: top } }));
  const mine = (seq: number, text: string, clientId = MINE) => said(seq, text, { client_id: unhex(clientId), handle: "quiet-heron-12" });
  const settles = (): void => does({ do: "settle", channel: NIGHT, now: NOW });
  const fates = (): string[] => state.outbox.map((item) => item.fate.is);

  test("acknowledged words that a new epoch has lost come back to me as lost, to be sent again under their id", () => {
    hears(said(1), mine(2, "mine"), said(3));
    began(1);
    hears(said(1));
    settles();
    expect(state.outbox).toMatchObject([{ clientId: MINE, text: "mine", fate: { is: "lost" } }]);
    expect(state.channels[NIGHT]?.log.gaps).toEqual([1]);
    does({ do: "again", clientId: MINE, now: NOW });
    expect(state.outbox).toMatchObject([{ clientId: MINE, fate: { is: "sending" } }]);
  });

  test("and no less where the line broke again while the history came", () => {
    hears(said(1), mine(2, "mine"), said(3));
    began(4);
    hears(said(1));
    does({ do: "link", link: { is: "connecting", tries: 1, code: 1006 } }, { do: "link", link: { is: "open" } });
    says(joined({ resumed: "resumed", position: { epoch: 2, seq: 4 } }));
    hears(said(4, "new", { id: "n4" }));
    settles();
    expect(fates()).toEqual(["lost"]);
    expect(state.channels[NIGHT]?.log.before).toBeNull();
  });

  test("so do those whose echo never came", () => {
    hears(said(1));
    writes("mine");
    says(posted(2));
    expect(fates()).toEqual(["posted"]);
    began(2);
    hears(said(1), said(2, "of someone else", { id: "other" }));
    expect(fates()).toEqual(["posted"]);
    settles();
    expect(fates()).toEqual(["lost"]);
  });

  test("nothing is called lost that is there, was removed, or lies further back than what was loaded", () => {
    hears(mine(1, "one", "a1".repeat(16)), mine(2, "two", "a2".repeat(16)), mine(3, "three", "a3".repeat(16)));
    began(5);
    hears(mine(2, "two", "a2".repeat(16)), removed(4, 3), said(5));
    settles();
    expect(state.outbox).toEqual([]);
    expect(state.channels[NIGHT]?.log.gaps).toEqual([]);
  });

  test("not sent, but found in the room after all, is in the room", () => {
    writes("mine");
    does({ do: "tried", clientId: MINE });
    does({ do: "expire", now: Date.now() + 31 * 60_000 });
    expect(fates()).toEqual(["not_sent"]);
    hears(mine(1, "mine"));
    expect(state.outbox).toEqual([]);
    expect(state.channels[NIGHT]?.log.entries).toHaveLength(1);
  });

  test("leaving a room drops what was to be said there, and nothing else", () => {
    says(joined({ channel: "room:day" }));
    does({ do: "enter", channel: "room:day" });
    writes("mine");
    does({ do: "write", item: { clientId: "dd".repeat(16), channel: "room:day", text: "there", rules: 1, replaces: null, since: 0, at: 0 } });
    does({ do: "draft", channel: NIGHT, text: "half a" });
    does({ do: "leave", channel: NIGHT });
    expect(state.outbox.map((item) => item.text)).toEqual(["there"]);
    expect(state.drafts[NIGHT]).toBeUndefined();
  });

  test("an outbox that is full says so where the words stay", () => {
    does({ do: "draft", channel: NIGHT, text: "one more" });
    does({ do: "notice", channel: NIGHT, code: "full" });
    expect(state.channels[NIGHT]?.notice).toBe("full");
    expect(state.drafts[NIGHT]).toBe("one more");
  });
});

describe("the condition of the service", () => {
  test("is told on greeting and when it changes, and is not known on a lost line", () => {
    says(welcome({ away: ["screening"] }));
    expect(state.away).toEqual(["screening"]);
    says({ type: "condition", away: ["store"] });
    expect(state.away).toEqual(["store"]);
    does({ do: "link", link: { is: "connecting", tries: 1, code: 1006 } });
    expect(state.away).toEqual([]);
  });
});

describe("a room I was sent out of", () => {
  const banned = (until: number): Event => ({ type: "banned", channel: NIGHT, until, reason: "unkind", note: "Rule 2.", at: NOW });

  test("keeps nothing on the screen, and says until when and why", () => {
    hears(said(1));
    says(banned(NOW + 60_000), 1);
    const because = { reason: "unkind", note: "Rule 2." };
    expect(state.channels[NIGHT]?.entering).toEqual({ is: "refused", code: "removed", until: NOW + 60_000, because });
    expect(state.channels[NIGHT]?.log.entries).toEqual([]);
    does({ do: "refuse_entry", channel: NIGHT, code: "removed", until: NOW + 59_000 });
    expect(state.channels[NIGHT]?.entering).toEqual({ is: "refused", code: "removed", until: NOW + 59_000, because });
  });

  test("is entered again when the ban is ended, and news of one that is over changes nothing", () => {
    says(banned(NOW + 60_000), 1);
    says({ type: "unbanned", channel: NIGHT, at: NOW }, 2);
    expect(state.channels[NIGHT]?.entering).toEqual({ is: "entering" });
    says(joined());
    hears(said(1));
    const before = state.channels[NIGHT];
    says(banned(NOW - 1), 3);
    expect(state.channels[NIGHT]).toBe(before);
  });

  test("keeps a draft of mine", () => {
    does({ do: "draft", channel: NIGHT, text: "what I wanted to say" });
    says(banned(NOW + 60_000), 1);
    expect(state.drafts[NIGHT]).toBe("what I wanted to say");
  });
});

describe("care", () => {
  test("help that our team does not have yet is told as not yet sent", () => {
    does({ do: "ask_help", clientId: MINE, channel: NIGHT });
    expect(state.help?.late).toBe(false);
    does({ do: "help_late" });
    expect(state.help).toMatchObject({ is: "sending", late: true });
  });

  test("a card stays closed once it was closed", () => {
    const card: Event = { type: "help_card", card: "c1", kind: "worry", channel: NIGHT, client_id: null, asked: true, ticket: "t1", at: NOW };
    says(card, 1);
    does({ do: "close_card", card: "c1" });
    expect(state.cards).toMatchObject([{ card: "c1", closed: true, asked: true }]);
  });

  test("help is sending until our team has it, and nobody is said to come before someone accepted", () => {
    does({ do: "ask_help", clientId: MINE, channel: NIGHT });
    expect(state.help?.is).toBe("sending");
    says({ type: "help_received", ref: 3, ticket: "t1", staff: 0 });
    expect(state.help).toMatchObject({ is: "received", ticket: "t1", staff: 0 });
    expect(state.threads).toEqual([]);
    says({ type: "ticket_taken", ticket: "t1", name: "Wren", voice: "moderator", at: NOW }, 1);
    expect(state.threads).toEqual([{ ticket: "t1", name: "Wren", voice: "moderator", is: "open" }]);
    says({ type: "ticket_settled", ticket: "t1", at: NOW }, 2);
    expect(state.threads[0]?.is).toBe("over");
  });

  test("that nobody is here is told until someone is, and who had to go is no longer with me", () => {
    says({ type: "nobody_here", ticket: "t1", at: NOW }, 1);
    expect(state.help).toMatchObject({ is: "received", ticket: "t1", nobody: true });
    says({ type: "ticket_taken", ticket: "t1", name: "Wren", voice: "moderator", at: NOW }, 2);
    expect(state.help?.nobody).toBe(false);
    says({ type: "ticket_returned", ticket: "t1", at: NOW }, 3);
    expect(state.threads).toMatchObject([{ ticket: "t1", is: "asked" }]);
  });

  test("a ticket that nobody has taken is told as asked, never as someone coming", () => {
    says(welcome({ tickets: ["t1"] }));
    expect(state.help?.is).toBe("received");
    expect(state.threads).toMatchObject([{ ticket: "t1", is: "asked" }]);
    hears(said(1, "I am here", { channel: "ticket:t1", handle: "Wren", voice: "moderator" }));
    expect(state.threads).toMatchObject([{ ticket: "t1", name: "Wren", is: "open" }]);
    says(welcome());
    expect(state.threads[0]?.is).toBe("over");
    expect(state.help).toBeNull();
  });

  test("the lamp goes dark at once when the line breaks: we can't tell any more", () => {
    expect(state.staff).toEqual(["Wren"]);
    does({ do: "link", link: { is: "connecting", tries: 1, code: 1006 } });
    expect(state.staff).toBeNull();
  });
});
