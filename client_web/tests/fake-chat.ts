import type { Event, Role } from "../src/protocol";
import { reduce } from "../src/reduce";
import { START, type State } from "../src/state";
import type { Asking, Frame } from "../src/wire";
import { welcome } from "./server";

/** A conversation that answers as it is told and remembers what was asked. */
export class FakeChat {
  state: State = START;
  readonly asked: Asking[] = [];
  readonly inside = new Set<string>();
  answers: Partial<Record<Asking["type"], Event | null>> = {};
  protected listeners: ((frame: Frame) => void)[] = [];

  listen(listener: (frame: Frame) => void): void {
    this.listeners.push(listener);
  }

  async ask(command: Asking): Promise<Event | null> {
    this.asked.push(command);
    const answer = this.answers[command.type];
    return answer === undefined ? { type: "done", ref: 1 } : answer;
  }

  do(action: Parameters<typeof reduce>[1]): void {
    this.state = reduce(this.state, action);
  }

  tell(command: Asking): void {
    this.asked.push(command);
  }

  enter = (channel: string): void => void this.inside.add(channel);
  leave = (channel: string): void => void this.inside.delete(channel);

  hears(...frames: Frame[]): void {
    for (const frame of frames) {
      this.do({ do: "hear", frame, now: 0 });
      for (const listener of this.listeners) listener(frame);
    }
  }

  /** A new line, and what the server says first. */
  opens(staff: string[] = [], role: Role = "moderator"): void {
    this.do({ do: "link", link: { is: "open" } });
    this.hears([0, welcome({ role, name: "Wren", staff })]);
  }

  breaks(): void {
    this.do({ do: "link", link: { is: "connecting", tries: 1, code: 1006 } });
  }

  last(type: Asking["type"]): Asking | undefined {
    return this.asked.findLast((command) => command.type === type);
  }

  count(type: Asking["type"]): number {
    return this.asked.filter((command) => command.type === type).length;
  }

  types(): string[] {
    return this.asked.map((command) => command.type);
  }
}
