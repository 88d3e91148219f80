import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../src/connection";
import { Delivery } from "../src/delivery";
import type { Command, Event, Held } from "../src/protocol";
import { reduce, type Action } from "../src/reduce";
import { START, type State } from "../src/state";
import { hex, unhex } from "../src/wire";
import { FakeLine, joined, NIGHT, said, welcome } from "./server";

/** A page without a window: state, connection and delivery as in `chat.ts`. */
class Page {
  state: State = reduce(START, { do: "enter", channel: NIGHT });
  lines: FakeLine[] = [];
  renewals: string[] = [];
  connection = new Connection(
    { open: () => this.opened(), signIn: async () => true, random: () => 0 },
    {
      heard: (frame) => this.do({ do: "hear", frame, now: 0 }),
      linked: (link) => this.do({ do: "link", link }),
      settled: () => undefined,
    },
  );
  random = 0;
  delivery = new Delivery(this, this.connection, () => this.random);

  do(action: Action): void {
    this.state = reduce(this.state, action);
    this.delivery?.push();
  }

  async join(channel: string): Promise<void> {
    await this.connection.join(channel).catch(() => undefined);
  }

  renew(reason: string): void {
    this.renewals.push(reason);
  }

  get line(): FakeLine {
    return this.lines.at(-1) as FakeLine;
  }

  /** The server answers, and lets us into the room. */
  opens(): void {
    this.line.opens();
    this.line.says(0, welcome());
    void this.join(NIGHT);
    this.line.says(0, joined({ ref: this.line.last("join").ref }));
  }

  writes(text: string, clientId = text.repeat(16)): void {
    this.do({ do: "write", item: { clientId, channel: NIGHT, text, rules: 1, replaces: null, since: 0, at: 0 } });
  }

  posts(): string[] {
    return this.lines.flatMap((line) => line.sent.filter((command) => command.type === "post").map((post) => post.text));
  }

  fates(): string[] {
    return this.state.outbox.map((item) => item.fate.is);
  }

  async answers(answer: (post: Extract<Command, { type: "post" }>) => Event): Promise<void> {
    this.line.says(0, answer(this.line.last("post")));
    await vi.advanceTimersByTimeAsync(0);
  }

  private opened(): FakeLine {
    const line = new FakeLine();
    this.lines.push(line);
    return line;
  }
}

const HELD: Omit<Held, "client_id" | "text"> = {
  type: "held", ref: 0, channel: NIGHT, hold: "h1", why: "contact", care: false, due: 0, turn_ms: 0, at: 0,
};
const posted = (seq: number) => (post: Extract<Command, { type: "post" }>): Event => ({
  type: "posted", ref: post.ref, channel: NIGHT, client_id: post.client_id, seq, id: `m${seq}`, text: null, dup: false, turn_ms: 0,
});
const refused = (code: string, retry_ms: number | null = null) => (post: { ref: number }): Event => ({
  type: "refused", ref: post.ref, code, retry_ms, offers: [],
});

let page: Page;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  page.connection.start();
});
afterEach(() => {
  page.connection.stop();
  vi.useRealTimers();
});

describe("delivery", () => {
  test("keeps what is written while the line is down, and sends it once when it is back", async () => {
    page.writes("aa");
    expect(page.posts()).toEqual([]);
    expect(page.fates()).toEqual(["sending"]);
    page.opens();
    expect(page.posts()).toEqual(["aa"]);
    await page.answers(posted(1));
    expect(page.fates()).toEqual(["posted"]);
    expect(page.posts()).toEqual(["aa"]);
  });

  test("goes back into the room first, on a new line", async () => {
    page.opens();
    page.writes("aa");
    page.line.breaks();
    await vi.advanceTimersByTimeAsync(3_000);
    page.line.opens();
    page.line.says(0, welcome());
    expect(page.line.sent.map((command) => command.type)).toEqual(["hello"]);
    void page.join(NIGHT);
    page.line.says(0, joined({ ref: page.line.last("join").ref, resumed: "resumed" }));
    expect(page.line.sent.map((command) => command.type)).toEqual(["hello", "join", "post"]);
  });

  test("sends the same id again when the line broke before the answer, and is shown once", async () => {
    page.opens();
    page.writes("aa");
    const first = hex(page.line.last("post").client_id);
    page.line.breaks();
    expect(page.fates()).toEqual(["sending"]);
    await vi.advanceTimersByTimeAsync(3_000);
    page.opens();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(hex(page.line.last("post").client_id)).toBe(first);
    await page.answers(posted(7));
    page.line.says(...said(7, "aa", { client_id: unhex(first), handle: "quiet-heron-12" }));
    expect(page.fates()).toEqual([]);
    expect(page.state.channels[NIGHT]?.log.entries).toHaveLength(1);
  });

  test("keeps the order of my messages: the next goes when the one before has its answer", async () => {
    page.opens();
    page.writes("aa");
    page.writes("bb");
    expect(page.posts()).toEqual(["aa"]);
    await page.answers(posted(1));
    expect(page.posts()).toEqual(["aa", "bb"]);
  });

  test.each(["unavailable", "overloaded"] as const)("tries again by itself while the reason is ours: %s", async (code) => {
    page.opens();
    page.writes("aa");
    await page.answers(refused(code, 500));
    expect(page.fates()).toEqual(["sending"]);
    await vi.advanceTimersByTimeAsync(500);
    expect(page.posts()).toEqual(["aa", "aa"]);
  });

  test("gives the words back when slow mode was faster", async () => {
    page.opens();
    page.writes("aa");
    await page.answers(refused("slow_mode", 8_000));
    expect(page.fates()).toEqual([]);
    expect(page.state.drafts[NIGHT]).toBe("aa");
  });

  test("fetches the new rules where they have changed, with the words kept", async () => {
    page.opens();
    page.writes("aa");
    await page.answers(refused("rules"));
    expect(page.renewals).toHaveLength(1);
    expect(page.state.drafts[NIGHT]).toBe("aa");
  });

  test.each(["unavailable", "internal", "rate", "overloaded"])("spreads its next try after %s, and never asks too soon", async (code) => {
    page.random = 0.5;
    page.opens();
    page.writes("aa");
    await page.answers(refused(code, 1_000));
    await vi.advanceTimersByTimeAsync(1_240);
    expect(page.posts()).toEqual(["aa"]);
    await vi.advanceTimersByTimeAsync(20);
    expect(page.posts()).toEqual(["aa", "aa"]);
  });

  test("lets words wait that can't be kept now, and sends them when they can", async () => {
    page.opens();
    page.line.says(0, { type: "condition", away: ["store"] });
    page.writes("aa");
    expect(page.posts()).toEqual([]);
    expect(page.state.outbox).toMatchObject([{ tried: false }]);
    page.line.says(0, { type: "condition", away: [] });
    expect(page.posts()).toEqual(["aa"]);
  });

  test("asks now and then whether it can go: news of the store's return can be lost; and help is never kept back", async () => {
    page.opens();
    page.line.says(0, { type: "condition", away: ["keeping"] });
    page.writes("aa");
    page.do({ do: "ask_help", clientId: "cc".repeat(16), channel: null });
    page.line.says(0, { type: "help_received", ref: page.line.last("help").ref, ticket: "t1", staff: 0 });
    for (const away of [["keeping"], []] as const) {
      expect(page.posts()).toEqual([]);
      await vi.advanceTimersByTimeAsync(15_000);
      page.line.says(0, { type: "pong", ref: page.line.last("ping").ref, now: 1, away });
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(page.posts()).toEqual(["aa"]);
  });

  test("sends on through a screening that is away: a person looks at it", async () => {
    page.opens();
    page.line.says(0, { type: "condition", away: ["screening"] });
    page.writes("aa");
    expect(page.posts()).toEqual(["aa"]);
  });

  test("remembers before it sends that it sent: after a reload nobody can say that it never arrived", async () => {
    page.opens();
    page.writes("aa");
    expect(page.state.outbox).toMatchObject([{ tried: true, fate: { is: "sending" } }]);
  });

  test("tells that help is not yet sent when our team could not take it", async () => {
    page.do({ do: "ask_help", clientId: "cc".repeat(16), channel: null });
    page.opens();
    page.line.says(0, { type: "refused", ref: page.line.last("help").ref, code: "unavailable", retry_ms: null, offers: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect(page.state.help).toMatchObject({ is: "sending", late: true });
  });

  test("takes every answer that a resend can get for what it is", async () => {
    page.opens();
    for (const text of ["aa", "bb", "cc", "dd"]) page.writes(text);
    await page.answers(posted(1));
    await page.answers((post) => ({ ...HELD, ref: post.ref, client_id: post.client_id, text: "bb" }));
    await page.answers(refused("blocked"));
    await page.answers(refused("gone"));
    expect(page.state.outbox.map(({ text, fate }) => [text, fate.is])).toEqual([["aa", "posted"], ["bb", "held"], ["cc", "refused"]]);
    expect(page.state.drafts[NIGHT]).toBe("dd");
  });

  test("asks for help again and again until our team has it, and never waits for a message", async () => {
    page.do({ do: "ask_help", clientId: "cc".repeat(16), channel: NIGHT });
    page.writes("aa");
    page.opens();
    const helps = (): number => page.line.sent.filter((command) => command.type === "help").length;
    expect(page.line.sent.findIndex((command) => command.type === "help")).toBeLessThan(
      page.line.sent.findIndex((command) => command.type === "post"),
    );
    page.line.says(0, { type: "refused", ref: page.line.last("help").ref, code: "unavailable", retry_ms: null, offers: [] });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(helps()).toBe(2);
    page.line.says(0, { type: "help_received", ref: page.line.last("help").ref, ticket: "t1", staff: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(helps()).toBe(2);
    expect(page.state.help?.is).toBe("received");
  });
});
