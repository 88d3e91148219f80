import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Chat } from "../../src/chat";
import { Chair } from "../../src/listeners/chair";
import { changed } from "../../src/listeners/check-in";
import { said } from "../server";
import { duties, ended, ListenersChat, offer, ONE, one, state } from "./things";

let chat: ListenersChat;
let chair: Chair;

beforeEach(() => {
  chat = new ListenersChat();
  chat.answers = { listening: state() };
  chair = new Chair(chat as unknown as Chat);
});

describe("a chair", () => {
  test("asks on every new line where its listener stands, and for nobody else", async () => {
    chat.opens([], "moderator");
    expect(chat.last("listening")).toBeUndefined();
    chat.opens();
    await vi.waitFor(() => expect(chair.isCurrent).toBe(true));
    chat.opens();
    expect(chat.asked.filter(({ type }) => type === "listening")).toHaveLength(2);
  });

  test("goes into the one-to-one that is its own, and after a reload back into it", async () => {
    chat.answers = { listening: state({ ones: [one()] }) };
    chat.opens();
    await vi.waitFor(() => expect(chat.inside.has(ONE)).toBe(true));
  });

  test("leaves nothing of a one-to-one that is over on this page", async () => {
    chat.opens();
    chat.hears([1, { type: "one_began", one: one(), at: 1 }], said(2, "hello", { channel: ONE }));
    chat.do({ do: "draft", channel: ONE, text: "half a line" });
    chat.hears([3, ended()]);
    expect(chat.state.channels[ONE]).toBeUndefined();
    expect(chat.state.drafts[ONE]).toBe("");
  });

  test("says its topics again with every change, so that none is lost", async () => {
    chat.answers = { listening: state({ duties: duties({ off_topics: ["grief"], not_today: ["work"] }) }) };
    chat.opens();
    await vi.waitFor(() => expect(chair.isCurrent).toBe(true));
    await chair.listen("break");
    expect(chat.last("listen")).toMatchObject({ availability: "break", off_topics: ["grief"], not_today: ["work"] });
  });

  test("tells why something was not done, and whether it may have been", async () => {
    chat.opens();
    chat.answers = { accept: { type: "refused", ref: 1, code: "conflict", retry_ms: null, offers: [] }, skip: null };
    expect(await chair.accept("abc")).toBe("conflict");
    expect(await chair.skip("abc", "other")).toBe("unanswered");
  });

  test("asks where it stands when the training is over since it asked last", async () => {
    chat.opens();
    await vi.waitFor(() => expect(chair.isCurrent).toBe(true));
    chat.answers = {
      listen: { type: "refused", ref: 1, code: "training", retry_ms: null, offers: [] },
      listening: state({ training: { due: "again", until: 1, to_watch: 0 } }),
    };
    expect(await chair.listen("available")).toBe("training");
    await vi.waitFor(() => expect(chair.standing.training?.due).toBe("again"));
  });

  test("rings once for each offer, and only where it was touched last", () => {
    const ring = vi.spyOn(chair.sound, "ring");
    chat.opens();
    const frame = [1, { type: "offered", offer: offer(), at: 1 } as const] as const;
    chat.hears(frame, frame);
    expect(ring).toHaveBeenCalledTimes(1);
    chair.foremost.here = false;
    chat.hears([2, { type: "offered", offer: offer({ offer: "def" }), at: 2 }]);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  test("gives way to the tab that is touched later", async () => {
    const other = new Chair(new ListenersChat() as unknown as Chat);
    await vi.waitFor(() => expect(chair.foremost.here).toBe(false));
    chair.touch();
    await vi.waitFor(() => expect(other.foremost.here).toBe(false));
    expect(chair.foremost.here).toBe(true);
    for (const each of [chair, other]) each.foremost.close();
  });
});

test("a topic is off ever, off today or not off, and never two of them", () => {
  const topics = { ever: ["grief"], today: [] };
  expect(changed(topics, "grief", "today")).toEqual({ ever: [], today: ["grief"] });
  expect(changed(topics, "work", "ever")).toEqual({ ever: ["grief", "work"], today: [] });
  expect(changed(topics, "grief", "no")).toEqual({ ever: [], today: [] });
});
