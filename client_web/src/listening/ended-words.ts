/** What happened, in plain words, by the reason for which a talk is over. */
import { clockTime, word } from "../words";
import type { Ended } from "./standing";

export function endedTitle({ why, one }: Ended): string {
  return word(`listening.ended_${why}`, { name: one.name });
}

/** `waits`: the person is in the queue again. */
export function endedAbout({ why, again }: Ended, time: number, waits: boolean): string {
  switch (why) {
    case "listener_gone":
    case "listener_silent":
      return word(waits ? "listening.ended_listener_about" : "listening.ended_listener_past");
    case "peer_silent":
      return again > time
        ? word("listening.ended_peer_silent_about", { time: clockTime(again, time) })
        : word("listening.ended_peer_silent_past");
    default:
      return word(`listening.ended_${why}_about`);
  }
}
