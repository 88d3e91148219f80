import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection, type Link } from "../src/connection";
import { Unanswered } from "../src/replies";
import { now } from "../src/clock";
import type { Frame } from "../src/wire";
import { FakeLine, joined, NIGHT, said, welcome } from "./server";

class World {
  lines: FakeLine[] = [];
  heard: Frame[] = [];
  links: Link[] = [];
  settled: string[] = [];
  signIns = 0;
  connection = new Connection(
    {
      open: () => {
        const line = new FakeLine();
        this.lines.push(line);
        return line;
      },
      signIn: async () => ++this.signIns > 0,
      random: () => 0.5,
      build: "b1",
    },
    {
      heard: (frame) => this.heard.push(frame),
      linked: (link) => this.links.push(link),
      settled: (channel) => this.settled.push(channel),
    },
  );

  get line(): FakeLine {
    return this.lines.at(-1) as FakeLine;
  }

  /** Open, greeted, and in the room with messages up to `top`. */
  enters(top = 0): void {
    this.greeted();
    void this.connection.join(NIGHT).catch(() => undefined);
    this.line.says(0, joined({ ref: this.line.last("join").ref, position: { epoch: 1, seq: top } }));
    for (let seq = 1; seq <= top; seq += 1) this.line.says(...said(seq));
  }

  greeted(changes = {}): void {
    if (this.lines.length === 0) this.connection.start();
    this.line.opens();
    this.line.says(0, welcome(changes));
  }

  texts(): string[] {
    return this.heard.flatMap(([, event]) => (event.type === "said" ? [event.text] : []));
  }
}

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});
afterEach(() => {
  world.connection.stop();
  vi.useRealTimers();
});

describe("a connection", () => {
  test("greets first and takes the server's clock, not the device's", () => {
    world.connection.start();
    world.line.opens();
    expect(world.line.sent.map((command) => command.type)).toEqual(["hello"]);
    world.line.says(0, welcome({ now: 5_000 }));
    expect(world.connection.link).toEqual({ is: "open" });
    expect(now()).toBeCloseTo(5_000, -2);
  });

  test("brings each answer to the one who asked", async () => {
    world.greeted();
    const [first, second] = [world.connection.ask({ type: "ping" }), world.connection.ask({ type: "ping" })];
    const [one, two] = world.line.sent.slice(-2);
    world.line.says(0, { type: "done", ref: two!.ref });
    world.line.says(0, { type: "pong", ref: one!.ref, now: 1, away: [] });
    expect((await first).type).toBe("pong");
    expect((await second).type).toBe("done");
  });

  test("says that nothing came back when the line breaks or stays silent", async () => {
    world.greeted();
    const broken = world.connection.ask({ type: "ping" });
    world.line.breaks();
    await expect(broken).rejects.toBeInstanceOf(Unanswered);
    await expect(world.connection.ask({ type: "ping" })).rejects.toBeInstanceOf(Unanswered);
  });

  test("comes back by itself and resumes each channel after the last number it heard", () => {
    world.enters(3);
    world.line.breaks();
    vi.advanceTimersByTime(1_000);
    expect(world.lines).toHaveLength(2);
    world.greeted();
    void world.connection.join(NIGHT).catch(() => undefined);
    expect(world.line.last("join").since).toEqual({ epoch: 1, seq: 3 });
    world.line.says(0, joined({ ref: world.line.last("join").ref, resumed: "resumed", position: { epoch: 1, seq: 5 } }));
    for (const seq of [3, 4, 5]) world.line.says(...said(seq));
    expect(world.texts()).toEqual(["words 1", "words 2", "words 3", "words 4", "words 5"]);
  });

  test("takes the channel's new numbers after an epoch has ended", () => {
    world.enters(9);
    world.line.says(0, joined({ resumed: "epoch", position: { epoch: 2, seq: 2 } }));
    world.line.says(...said(1, "anew"));
    expect(world.texts().at(-1)).toBe("anew");
    expect(world.settled).not.toContain("room:other");
  });

  test("tells when what was missed has all come, even if the top was removed", () => {
    world.enters(2);
    expect(world.settled).toEqual([NIGHT]);
    world.line.says(0, joined({ resumed: "resumed", position: { epoch: 1, seq: 7 } }));
    vi.advanceTimersByTime(2_000);
    expect(world.settled).toContain(NIGHT);
  });

  test("signs in once more when the server does not know it, then says so", async () => {
    world.connection.start();
    world.line.breaks(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(world.signIns).toBe(1);
    world.line.breaks(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.signIns).toBe(1);
    expect(world.connection.link).toEqual({ is: "stopped", why: "no_session" });
  });

  test.each([
    [1008, "signed_out"],
    [4403, "banned"],
    [4409, "replaced"],
    [4412, "version"],
    [4400, "fault"],
  ])("stays away after %i", (code, why) => {
    world.greeted();
    world.line.breaks(code);
    vi.advanceTimersByTime(120_000);
    expect(world.connection.link).toEqual({ is: "stopped", why });
    expect(world.lines).toHaveLength(1);
  });

  test.each([1000, 1006, 1011, 1012, 1013, 4408, 4410, 4429, 4440])("comes back after %i", (code) => {
    world.greeted();
    world.line.breaks(code);
    vi.advanceTimersByTime(30_000);
    expect(world.lines.length).toBeGreaterThan(1);
  });

  test("asks whether anyone is there after a silence, and leaves a line that does not answer", async () => {
    world.greeted();
    vi.advanceTimersByTime(20_000);
    expect(world.line.last("ping")).toBeDefined();
    const dead = world.line;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(dead.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.lines.length).toBeGreaterThan(1);
  });

  test("does not sit out the wait when the device is online again", () => {
    world.greeted();
    world.line.breaks(1013);
    world.connection.hurry();
    expect(world.lines).toHaveLength(2);
  });

  test("asks whether the line lives when the device is online again or looked at, and soon leaves one that does not", async () => {
    world.greeted();
    const dead = world.line;
    world.connection.hurry();
    expect(dead.last("ping")).toBeDefined();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(dead.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.lines).toHaveLength(2);
  });

  test("does not knock at each turn of the page", () => {
    world.greeted();
    world.line.breaks(1013);
    for (let turn = 0; turn < 20; turn += 1) {
      world.connection.hurry();
      world.line.breaks(1013);
    }
    expect(world.lines).toHaveLength(2);
  });

  test("takes a command that stays without an answer for a sign, and looks whether the line lives", async () => {
    world.greeted();
    world.connection.ask({ type: "leave", channel: NIGHT }).catch(() => undefined);
    const asked = world.line;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.last("ping")).toBeDefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.closed).toBe(true);
  });

  test("says with what code it was turned away", () => {
    world.connection.start();
    world.line.breaks(1013);
    expect(world.connection.link).toEqual({ is: "connecting", tries: 1, code: 1013 });
  });

  test("does not come back after it was stopped", () => {
    world.greeted();
    world.connection.stop();
    vi.advanceTimersByTime(60_000);
    expect(world.lines).toHaveLength(1);
    expect(world.line.closed).toBe(true);
  });
});
