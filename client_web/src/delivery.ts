/** Brings what waits in the outbox to the server, in order, as often as it takes; and help before all else. */
import type { Connection } from "./connection";
import { now } from "./clock";
import { next, type Outgoing } from "./outbox";
import type { Refused } from "./protocol";
import type { Action } from "./reduce";
import type { State } from "./state";
import { unhex } from "./wire";

const RETRY_MS = 2_000;
const AWAY_MS = 15_000;
// Nothing is wrong with the words: they go again.
export const NOT_NOW: ReadonlySet<string> = new Set(["unavailable", "internal", "rate", "overloaded"]);
const SPREAD = 0.5; // of the wait: those who were refused together do not come back together

export interface Teller {
  readonly state: State;
  do(action: Action): void;
  join(channel: string): Promise<void>;
  renew(reason: string): void;
}

export class Delivery {
  private readonly busy = new Set<string>();
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly chat: Teller,
    private readonly connection: Pick<Connection, "ask" | "link">,
    private readonly random: () => number = Math.random,
  ) {}

  /** Start whatever can go now; asked after every change. */
  push(): void {
    if (this.connection.link.is !== "open" || this.chat.state.me === null) return;
    if (this.chat.state.help?.is === "sending") this.once("help", () => this.sendHelp());
    if (!goesOut(this.chat.state)) return this.lookLater();
    for (const { id, entering } of Object.values(this.chat.state.channels)) {
      const item = entering.is === "in" ? next(this.chat.state.outbox, id) : undefined;
      if (item) this.once(id, () => this.send(item));
    }
  }

  /** What waits goes when the service says that it can; should that news be lost, the answer to a ping has it. */
  private lookLater(): void {
    this.later ??= setTimeout(() => {
      this.later = undefined;
      void this.connection.ask({ type: "ping" }).catch(() => null).then(() => this.push());
    }, AWAY_MS);
  }

  /** One at a time for each key; the next when this one has its answer. */
  private once(key: string, step: () => Promise<void>): void {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    void step().then(() => {
      this.busy.delete(key);
      this.push();
    });
  }

  private async send(item: Outgoing): Promise<void> {
    const { channel, text, rules, replaces } = item;
    if (!item.tried) this.chat.do({ do: "tried", clientId: item.clientId });
    const reply = await this.connection
      .ask({ type: "post", channel, client_id: unhex(item.clientId), text, rules, replaces: replaces ? unhex(replaces) : null })
      .catch(() => null);
    if (reply === null) return this.pause(); // it may have arrived: the same id goes again
    if (reply.type === "refused") return this.refused(item, reply);
  }

  private async refused(item: Outgoing, { code, retry_ms }: Refused): Promise<void> {
    if (NOT_NOW.has(code)) return this.pause(retry_ms);
    if (code === "not_joined") return this.chat.join(item.channel).then(() => this.pause());
    if (code === "rules") this.chat.renew(`rules after ${item.rules}`); // the new ones come with the new page
    this.chat.do({ do: "refuse_post", clientId: item.clientId, code, retryMs: retry_ms, now: now() });
  }

  private async sendHelp(): Promise<void> {
    const { help } = this.chat.state;
    if (!help) return;
    const reply = await this.connection
      .ask({ type: "help", client_id: unhex(help.clientId), channel: help.channel })
      .catch(() => null);
    if (reply?.type === "help_received") return;
    this.chat.do({ do: "help_late" });
    return this.pause();
  }

  private pause(ms: number | null = null): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, spread(ms ?? RETRY_MS, this.random())));
  }
}

/** What is written now goes out at once. */
export function goesOut({ link, away }: State): boolean {
  return link.is === "open" && !away.includes("store") && !away.includes("keeping");
}

export function spread(ms: number, random: number): number {
  return ms * (1 + SPREAD * random);
}
