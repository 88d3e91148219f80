/** A thread of staff alone: the listener and supervisors, beside a one-to-one or about the listener; the peer never hears of it. */
import { useEffect } from "preact/hooks";
import type { Channel } from "../channel";
import { Composer } from "../views/composer";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { Writing } from "../views/writing";
import { word } from "../words";
import { Head, outcomeWords } from "./parts";
import type { Supervision } from "./supervision";

export function AskView({ supervision, channel: id }: { supervision: Supervision; channel: string }) {
  const { station, overview, waiting } = supervision;
  const ask = waiting.asks[id];
  const one = overview?.ones.find((each) => each.channel === id.replace(/^ask:/, "one:"));
  const about = ask ? ask.one : (one?.channel ?? null);
  const channel = station.chat.state.channels[id];
  useWatching(id);
  useEffect(() => station.chat.enter(id), [id]);
  const label = ask?.name ?? one?.name ?? word("supervising.the_listener");
  return (
    <>
      <Head station={station} title={word(ask && !about ? "supervising.thread_own" : "supervising.thread", { name: label })}>
        {about && (
          <button class="button" type="button" onClick={() => station.set({ work: { is: "reading", channel: about }, tab: "supervise" })}>
            {word("supervising.read")}
          </button>
        )}
      </Head>
      <div class="work__about"><p class="quiet">{word(ask && !about ? "supervising.thread_own_about" : "supervising.thread_about")}</p></div>
      {channel?.entering.is === "in" || channel?.cameIn ? (
        <>
          <Log channel={channel} />
          <Writing channel={channel} />
          <Composer channel={channel} other={label} />
        </>
      ) : (
        <p class="console__empty" role="status">{ask || one || channel ? opening(channel) : word("supervising.thread_closed")}</p>
      )}
    </>
  );
}

function opening(channel: Channel | undefined): string {
  return channel?.entering.is === "refused" ? outcomeWords(channel.entering.code) : word("room.opening");
}
