/** A one-to-one that a supervisor reads along; and from here, openly: going in, or offering to go on. */
import { useContext, useEffect, useState } from "preact/hooks";
import { threadOf } from "../ask";
import { now } from "../clock";
import { run } from "../console/acts";
import { shown, type Message } from "../log";
import { Composer } from "../views/composer";
import { DialogContext } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { Log } from "../views/log";
import { StaffTag } from "../views/message";
import { useWatching } from "../views/room";
import { Writing } from "../views/writing";
import { clockTime, word } from "../words";
import { Head, outcomeWords } from "./parts";
import type { Supervision } from "./supervision";

export function ReadingView({ supervision, channel }: { supervision: Supervision; channel: string }) {
  const { station, reading } = supervision;
  const open = useContext(DialogContext);
  const inside = station.chat.state.channels[channel];
  const isIn = inside !== undefined && (inside.entering.is === "in" || inside.cameIn > 0);
  const [said, say] = useState("");
  useEffect(() => {
    if (!station.chat.state.channels[channel]) void supervision.read(channel);
  }, [channel]);
  const name = (reading?.channel === channel && reading.one?.name) || supervision.overview?.ones.find((each) => each.channel === channel)?.name;
  const title = name ? word("supervising.reading", { name }) : word("supervising.reading_unnamed");
  const offer = async (): Promise<void> => {
    const outcome = await run(station.chat, { type: "take_over", channel });
    say(outcome === "done" ? word("supervising.take_over_asked") : outcomeWords(outcome));
  };
  const leave = (): void => (isIn ? station.chat.leave(channel) : supervision.stopReading());
  return (
    <>
      <Head station={station} title={title} leave={leave} />
      <div class="work__about">
        <p class="quiet">{word(isIn ? "supervising.inside_about" : "supervising.reading_about")}</p>
        <div class="acts">
          {!isIn && (
            <button class="button" type="button" onClick={() => open(<GoIn supervision={supervision} channel={channel} />)}>{word("supervising.go_in")}</button>
          )}
          <button class="button" type="button" onClick={() => station.set({ work: { is: "ask", channel: threadOf(channel) }, tab: "supervise" })}>
            {name ? word("supervising.write_to", { name }) : word("supervising.write")}
          </button>
          <button class="button" type="button" onClick={() => void offer()}>{word("supervising.take_over")}</button>
        </div>
        <p class="quiet" role="status">{said}</p>
      </div>
      {isIn ? <Inside supervision={supervision} channel={channel} /> : <ReadOnly supervision={supervision} channel={channel} />}
    </>
  );
}

function ReadOnly({ supervision, channel }: { supervision: Supervision; channel: string }) {
  const { reading } = supervision;
  if (reading?.channel !== channel || (reading.one === null && !reading.fault)) return <p class="console__empty" role="status">{word("room.opening")}</p>;
  if (reading.fault) return <p class="console__empty" role="status">{outcomeWords(reading.fault)}</p>;
  const messages = shown(reading.log).filter((entry): entry is Message => entry.kind === "message");
  return (
    <div class="log" role="log" aria-label={word("room.log")} tabIndex={0}>
      <ol class="log__list">
        {messages.length === 0 && <li class="quiet">{word("supervising.reading_none")}</li>}
        {messages.map((each) => (
          <li key={each.id} class="message" dir="auto">
            <p class="message__head">
              <bdi class="name">{each.handle}</bdi>
              {each.voice !== "peer" && <StaffTag voice={each.voice} />}
              <time class="quiet">{clockTime(each.at, now())}</time>
            </p>
            <p class="message__text">{each.text}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Inside({ supervision, channel: id }: { supervision: Supervision; channel: string }) {
  const channel = supervision.station.chat.state.channels[id];
  useWatching(id);
  if (!channel) return null;
  return (
    <>
      <Log channel={channel} />
      <Writing channel={channel} />
      <Composer channel={channel} other={word("supervising.both")} />
    </>
  );
}

function GoIn({ supervision, channel }: { supervision: Supervision; channel: string }) {
  const close = useClose();
  const goIn = (): void => {
    supervision.goIn(channel);
    close();
  };
  return (
    <Dialog title={word("supervising.go_in")}>
      <p>{word("supervising.go_in_about", { name: supervision.station.name })}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={goIn}>{word("supervising.go_in_now")}</button>
        <button class="button" type="button" onClick={close}>{word("common.cancel")}</button>
      </div>
    </Dialog>
  );
}
