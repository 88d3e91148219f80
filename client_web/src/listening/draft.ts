/** The first words, written while waiting: kept here at once and with the server soon after the last key. */
import type { Event } from "../protocol";

const AFTER_MS = 1_500; // the last key
const AGAIN_MS = 5_000;

export type DraftIs = "empty" | "saved" | "saving" | "waits" | "blocked" | "over";

export interface DraftOf {
  /** Characters that one message can have. */
  most(): number;
  ask(draft: string): Promise<Event | null>;
  /** The person no longer waits. */
  gone(): void;
  changed(): void;
}

export class Draft {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: Promise<void> | null = null;
  private refused = "";
  private late = false;

  /** `saved`: the words that the server has. */
  constructor(public text: string, public saved: string, private readonly of: DraftOf) {}

  get is(): DraftIs {
    const { text, saved } = this;
    if (this.over > 0) return "over";
    if (text === saved) return text === "" ? "empty" : "saved";
    if (text !== "" && text === this.refused) return "blocked";
    return this.late ? "waits" : "saving";
  }

  /** How many characters are too many. */
  get over(): number {
    return Math.max(0, Array.from(this.text).length - this.of.most());
  }

  write(text: string): void {
    this.text = text;
    this.of.changed();
    this.soon();
  }

  /** Safe to ask at any time: what the server has is not sent again. */
  soon(after = AFTER_MS): void {
    clearTimeout(this.timer);
    if (this.is === "saving" || this.is === "waits") this.timer = setTimeout(() => void this.save(), after);
  }

  /** The server said no to these words, or took them, with the wish. */
  refuse(text: string): void {
    this.refused = text;
  }

  take(text: string): void {
    this.saved = text;
    this.late = false;
  }

  /** The wait is over: words that were not taken any more, once that is known. */
  async rest(): Promise<string> {
    clearTimeout(this.timer);
    await this.asking;
    const { text, saved } = this;
    if (text === saved) return "";
    return saved !== "" && text.startsWith(saved) ? text.slice(saved.length).trim() : text.trim();
  }

  /** Another wait begins with an empty page. */
  clear(): void {
    clearTimeout(this.timer);
    this.text = this.saved = this.refused = "";
    this.late = false;
  }

  private async save(): Promise<void> {
    if (this.asking) return this.asking.then(() => this.soon(0));
    const { text } = this;
    this.asking = this.of.ask(text).then((reply) => this.answered(text, reply));
    await this.asking;
    this.asking = null;
    this.of.changed();
    this.soon(this.late ? AGAIN_MS : AFTER_MS);
  }

  private answered(text: string, reply: Event | null): void {
    if (reply?.type === "done") this.take(text);
    else if (reply?.type === "refused" && reply.code === "blocked") this.refuse(text);
    else if (reply?.type === "refused" && reply.code === "gone") this.of.gone();
    else this.late = true;
  }
}
