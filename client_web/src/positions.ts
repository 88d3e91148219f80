/** Where we are in every channel we follow, so that a lost connection resumes exactly there. */
import type { Joined, Position, Watching, Welcome } from "./protocol";
import { INBOX_CHANNEL, numberedBy, type Frame } from "./wire";

interface Place {
  epoch: number;
  seq: number;
  /** The channel's top when we came in; what is missing below it was removed or is no longer kept. */
  top: number;
}

export class Positions {
  private readonly places = new Map<string, Place>();

  constructor(inbox: Position | null = null) {
    if (inbox) this.places.set(INBOX_CHANNEL, { ...inbox, top: inbox.seq });
  }

  /** From where to resume; undefined where nothing was heard yet: then recent history is wanted. */
  since(channel: string): Position | undefined {
    const place = this.places.get(channel);
    return place && place.seq > 0 ? { epoch: place.epoch, seq: place.seq } : undefined;
  }

  entered(joined: Joined | Watching): void {
    this.begin(joined.channel, joined.position, joined.resumed === "resumed");
  }

  /** The inbox has no history: a first welcome starts at its top, a later one is followed by what was missed. */
  welcomed(welcome: Welcome): void {
    this.begin(INBOX_CHANNEL, welcome.inbox, welcome.resumed === "resumed");
    if (welcome.resumed === "fresh") this.settle(INBOX_CHANNEL);
  }

  forget(channel: string): void {
    this.places.delete(channel);
  }

  /** True for a frame that is new to us; an old one is a repeat and must not be shown twice. */
  heard(frame: Frame): boolean {
    const channel = numberedBy(frame);
    if (channel === null) return true;
    const place = this.places.get(channel);
    if (!place || frame[0] <= place.seq) return false;
    place.seq = frame[0];
    return true;
  }

  /** Everything that follows a join has come: what is missing below the top will not come any more. */
  settle(channel: string): void {
    const place = this.places.get(channel);
    if (place) place.seq = Math.max(place.seq, place.top);
  }

  settled(channel: string): boolean {
    const place = this.places.get(channel);
    return !place || place.seq >= place.top;
  }

  private begin(channel: string, position: Position, resumed: boolean): void {
    const place = this.places.get(channel);
    const seq = resumed && place?.epoch === position.epoch ? place.seq : 0;
    this.places.set(channel, { epoch: position.epoch, seq, top: position.seq });
  }
}
