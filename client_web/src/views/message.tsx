/** One message that is in the log: one anatomy for everyone, and the state in words. */
import { useContext } from "preact/hooks";
import type { Channel } from "../channel";
import { now } from "../clock";
import { Icon } from "../icons";
import type { Entry, Gone, Message } from "../log";
import { isThread, mine } from "../mine";
import type { Outgoing } from "../outbox";
import { clockTime, word, wordIfAny } from "../words";
import { MessageActsContext } from "./context";
import { Arrived, OnItsWay } from "./delivery";
import { BlockAct } from "./block";
import { useLater } from "./later";

interface EntryRowProps {
  entry: Entry;
  channel: Channel;
  /** Mine, and its acknowledgement has not come. */
  sending: Outgoing | null;
}

export function EntryRow({ entry, channel, sending }: EntryRowProps) {
  if (entry.kind === "gone") return <GoneRow entry={entry} channel={channel} />;
  if (entry.voice === "automatic") return <AutomaticRow text={entry.text} at={entry.at} />;
  if (mine(entry, channel)) return <MineRow message={entry} sending={sending} channel={channel} />;
  return <TheirRow message={entry} channel={channel} />;
}

export function Time({ at }: { at: number }) {
  return (
    <time class="message__time" dateTime={new Date(at).toISOString()}>
      {clockTime(at, now())}
    </time>
  );
}

function TheirRow({ message, channel }: { message: Message; channel: Channel }) {
  const acts = useContext(MessageActsContext);
  const staff = message.voice !== "peer";
  return (
    <li class={`message ${staff ? "message--staff" : ""}`}>
      <p class="message__head">
        <bdi class="message__handle">{message.handle}</bdi>
        {staff && <StaffTag voice={message.voice} />}
        <Time at={message.at} />
        {acts ? acts(message, channel.id) : <ReportAct message={message} channel={channel.id} />}
        {!acts && !staff && !isThread(channel) && <BlockAct message={message} channel={channel.id} />}
      </p>
      <p class="message__text" dir="auto">{message.text}</p>
    </li>
  );
}

function ReportAct({ message, channel }: { message: Message; channel: string }) {
  const later = useLater();
  const press = (): void =>
    later(async () => {
      const { ReportDialog } = await import("../later/report");
      return <ReportDialog message={message} channel={channel} />;
    });
  return (
    <button class="message__more" type="button" aria-label={word("message.report_of", { handle: message.handle })} onClick={press}>
      {word("message.report")}
    </button>
  );
}

export function StaffTag({ voice }: { voice: Message["voice"] }) {
  return (
    <span class="tag">
      <Icon name="shield-check" />
      {word(`message.voice_${voice}`)}
    </span>
  );
}

function MineRow({ message, channel, sending }: { message: Message; channel: Channel; sending: Outgoing | null }) {
  return (
    <li class="message message--mine">
      <p class="message__head">
        <bdi class="message__handle">{message.handle}</bdi>
        <span class="tag">{word("message.you")}</span>
        <Time at={message.at} />
        {!sending && message.voice === "peer" && !channel.id.startsWith("ticket") && <TakeAway message={message} channel={channel.id} />}
      </p>
      <p class="message__text" dir="auto">{message.text}</p>
      {sending ? <OnItsWay item={sending} /> : <Arrived channel={channel} />}
    </li>
  );
}

function TakeAway({ message, channel }: { message: Message; channel: string }) {
  const later = useLater();
  const press = (): void =>
    later(async () => {
      const { DeleteDialog } = await import("../own/main");
      return <DeleteDialog message={message} channel={channel} />;
    });
  return (
    <button class="message__more" type="button" onClick={press}>
      {word("message.delete")}
    </button>
  );
}

/** No person wrote it, and it says so; only the one who comes in sees it. */
export function Greeting({ at }: { at: number }) {
  return <AutomaticRow text={word("room.greeting")} at={at} />;
}

function AutomaticRow({ text, at }: { text: string; at: number }) {
  return (
    <li class="message message--automatic">
      <p class="message__head">
        <span class="message__handle">{word("message.voice_automatic")}</span>
        <Time at={at} />
      </p>
      <p class="message__text" dir="auto">{text}</p>
    </li>
  );
}

/** For its author with the reason and their words; for everyone else one line and nothing of it. */
function GoneRow({ entry, channel }: { entry: Gone; channel: Channel }) {
  const own = channel.removed[entry.seq];
  if (!own)
    return (
      <li class="message message--removed">
        <Icon name="minus" />
        {word(entry.own ? "message.deleted" : "message.removed")}
      </li>
    );
  return (
    <li class="message message--removed message--removed-own">
      <Icon name="minus" />
      <div>
        <p>{word("message.own_removed", { reason: wordIfAny(`message.reason_${own.reason}`) ?? word("message.reason_other") })}</p>
        {own.note && <p>{word("message.note", { note: own.note })}</p>}
        <details class="fold">
          <summary>
            <Icon name="chevron-right" />
            {word("message.your_words")}
          </summary>
          <p class="message__text fold__inside" dir="auto">{own.text}</p>
        </details>
      </div>
    </li>
  );
}
