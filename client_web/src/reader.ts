/** Reads a channel aloud: "name: text" for what is new, a count when it is much, and my own failures at once. */
import { announce as aloud, type Urgency } from "./announce";
import type { Channel } from "./channel";
import type { Message } from "./log";
import { isThread, mine } from "./mine";
import type { Fate, Outgoing } from "./outbox";
import { counted, word, wordIfAny } from "./words";

const EACH_PER_MINUTE = 6; // more than that is a stream, and nobody can follow it by ear
const MINUTE_MS = 60_000;
const GATHER_MS = 10_000;

export class Reader {
  private last = -1;
  private spoken: number[] = [];
  private gathered = 0;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private known = new Map<string, Fate["is"]>();

  constructor(private readonly announce: (text: string, urgency?: Urgency) => void = aloud) {}

  /** The first look is at what was there already: it is read by browsing, not announced. */
  entries(channel: Channel, announcing: boolean): void {
    const { entries, before } = channel.log;
    const last = entries.at(-1)?.seq ?? 0;
    if (before !== null || channel.entering.is !== "in") return;
    if (last < this.last) this.last = last; // a new epoch: its numbers began lower
    const fresh = entries.filter((entry) => entry.seq > this.last && entry.kind === "message" && entry.at > channel.cameIn);
    if (this.last >= 0 && announcing) for (const entry of fresh) this.say(entry as Message, channel);
    this.last = Math.max(last, this.last, 0);
  }

  fates(outgoing: readonly Outgoing[]): void {
    for (const { clientId, fate, tried } of outgoing) {
      const before = this.known.get(clientId);
      if (before === undefined || before === fate.is) continue;
      if (fate.is === "not_sent") this.announce(word(tried ? "message.unsure_lead" : "message.not_sent"), "assertive");
      else if (fate.is === "refused" || fate.is === "returned") this.announce(word("message.returned"), "assertive");
      else if (fate.is === "lost") this.announce(word("message.lost_lead"), "assertive");
      else if (fate.is === "held") this.announce(word("message.held"));
    }
    this.known = new Map(outgoing.map((item) => [item.clientId, item.fate.is]));
  }

  /** A refusal that gave my words back to the composer. */
  notice(code: string | null): void {
    if (code) this.announce(wordIfAny(`composer.refused_${code}`) ?? word("composer.refused_other"), "assertive");
  }

  stop(): void {
    clearTimeout(this.gathering);
  }

  private say(message: Message, channel: Channel): void {
    if (mine(message, channel)) return;
    const line = `${message.voice === "automatic" ? word("message.voice_automatic") : message.handle}: ${message.text}`;
    if (isThread(channel) && message.voice !== "peer") return this.announce(line, "assertive");
    const time = performance.now();
    this.spoken = this.spoken.filter((each) => time - each < MINUTE_MS);
    if (this.spoken.length >= EACH_PER_MINUTE) return this.gather();
    this.spoken.push(time);
    this.announce(line);
  }

  private gather(): void {
    this.gathered += 1;
    this.gathering ??= setTimeout(() => {
      this.announce(counted("room.new", this.gathered));
      this.gathered = 0;
      this.gathering = undefined;
    }, GATHER_MS);
  }
}
