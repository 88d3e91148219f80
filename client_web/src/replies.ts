/** Who waits for which answer, and for how long. */
import type { Event } from "./protocol";

const WITHIN_MS = 10_000; // the server answers or refuses within two seconds; longer means a dead line

/** The answer did not come: the line broke, or was silent for too long. The command may have arrived. */
export class Unanswered extends Error {}

interface Waiting {
  answer(event: Event): void;
  fail(): void;
}

export class Replies {
  private ref = 0;
  private readonly waiting = new Map<number, Waiting>();

  nextRef(): number {
    this.ref += 1;
    return this.ref;
  }

  /** Rejects with `Unanswered`. */
  to(ref: number, within = WITHIN_MS): Promise<Event> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(ref), within);
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(ref);
      };
      this.waiting.set(ref, {
        answer: (event) => (done(), resolve(event)),
        fail: () => (done(), reject(new Unanswered())),
      });
    });
  }

  answer(event: Event): void {
    if ("ref" in event) this.waiting.get(event.ref)?.answer(event);
  }

  fail(ref: number): void {
    this.waiting.get(ref)?.fail();
  }

  failAll(): void {
    for (const waiting of Array.from(this.waiting.values())) waiting.fail();
  }
}
