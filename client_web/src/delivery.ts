/** Brings what waits in the outbox to the server, in order, as often as it takes; and help before all else. */
import type { Connection } from "./connection";
import { now } from "./clock";
import { next, type Outgoing } from "./outbox";
import type { Refused } from "./protocol";
import type { Action, State } from "./state";
import { unhex } from "./wire";

const RETRY_MS = 2_000;
const NOT_NOW = new Set(["unavailable", "overloaded", "internal", "rate"]); // nothing is wrong with the words: they go again

export interface Teller {
  readonly state: State;
  do(action: Action): void;
  join(channel: string): Promise<void>;
  renew(reason: string): void;
}

export class Delivery {
  private readonly busy = new Set<string>();

  constructor(private readonly chat: Teller, private readonly connection: Pick<Connection, "ask" | "link">) {}

  /** Start whatever can go now; asked after every change. */
  push(): void {
    if (this.connection.link.is !== "open" || this.chat.state.me === null) return;
    if (this.chat.state.help?.is === "sending") this.once("help", () => this.sendHelp());
    for (const { id, entering } of Object.values(this.chat.state.channels)) {
      const item = entering.is === "in" ? next(this.chat.state.outbox, id) : undefined;
      if (item) this.once(id, () => this.send(item));
    }
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
    const reply = await this.connection
      .ask({ type: "post", channel, client_id: unhex(item.clientId), text, rules, replaces: replaces ? unhex(replaces) : null })
      .catch(() => null);
    if (reply === null) return pause(RETRY_MS); // it may have arrived: the same id goes again
    if (reply.type === "refused") return this.refused(item, reply);
  }

  private async refused(item: Outgoing, { code, retry_ms }: Refused): Promise<void> {
    if (NOT_NOW.has(code)) return pause(retry_ms ?? RETRY_MS);
    if (code === "not_joined") return this.chat.join(item.channel).then(() => pause(RETRY_MS));
    if (code === "rules") this.chat.renew(`rules after ${item.rules}`); // the new ones come with the new page
    this.chat.do({ do: "refuse_post", clientId: item.clientId, code, retryMs: retry_ms, now: now() });
  }

  private async sendHelp(): Promise<void> {
    const { help } = this.chat.state;
    if (!help) return;
    const reply = await this.connection
      .ask({ type: "help", client_id: unhex(help.clientId), channel: help.channel })
      .catch(() => null);
    if (reply?.type !== "help_received") return pause(RETRY_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
