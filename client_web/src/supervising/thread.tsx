/** The thread of staff alone beside a one-to-one: the listener and supervisors; the peer never hears of it. */
import { useEffect } from "preact/hooks";
import { Composer } from "../views/composer";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { Writing } from "../views/writing";
import { word } from "../words";
import { Head, outcomeWords } from "./parts";
import type { Supervision } from "./supervision";

export function AskView({ supervision, channel: id }: { supervision: Supervision; channel: string }) {
  const { station } = supervision;
  const one = id.replace(/^ask:/, "one:");
  const name = supervision.waiting.asks[id]?.name ?? supervision.overview?.ones.find((each) => each.channel === one)?.name;
  const channel = station.chat.state.channels[id];
  useWatching(id);
  useEffect(() => station.chat.enter(id), [id]);
  const label = name ?? word("supervising.the_listener");
  return (
    <>
      <Head station={station} title={word("supervising.thread", { name: label })}>
        <button class="button" type="button" onClick={() => station.set({ work: { is: "reading", channel: one }, tab: "supervise" })}>
          {word("supervising.read")}
        </button>
      </Head>
      <div class="work__about"><p class="quiet">{word("supervising.thread_about")}</p></div>
      {channel?.entering.is === "in" || channel?.cameIn ? (
        <>
          <Log channel={channel} />
          <Writing channel={channel} />
          <Composer channel={channel} other={label} />
        </>
      ) : (
        <p class="console__empty" role="status">{channel?.entering.is === "refused" ? outcomeWords(channel.entering.code) : word("room.opening")}</p>
      )}
    </>
  );
}
