/** The log of a channel: what was said, what of mine is on its way, and its place on screen kept whatever happens. */
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Channel } from "../channel";
import { shown, type Entry } from "../log";
import type { Outgoing } from "../outbox";
import { clockTime, word } from "../words";
import { now } from "../clock";
import { useAnnouncements } from "./announcements";
import { useChat } from "./context";
import { EntryRow } from "./message";
import { OutgoingRow } from "./outgoing";
import { useStuckToEnd } from "./scrolling";

export function Log({ channel, children }: { channel: Channel; children?: ComponentChildren }) {
  const chat = useChat();
  const outgoing = chat.state.outbox.filter((item) => item.channel === channel.id);
  const { box, atEnd, toEnd } = useStuckToEnd(channel.log.from);
  useAnnouncements(channel, outgoing);
  const rows = useMemo(() => entryRows(channel, outgoing), [channel.log, channel.handles, channel.removed, outgoing.length, fates(outgoing)]);
  return (
    <div class="log" ref={box} role="log" aria-live="off" aria-label={word("room.log")} tabIndex={0}>
      <Earlier channel={channel} />
      <ol class="log__list">
        {rows}
        {waiting(channel, outgoing).map((item) => (
          <OutgoingRow key={item.clientId} item={item} channel={channel} />
        ))}
      </ol>
      {children}
      {!atEnd && (
        <button class="button log__newer" type="button" onClick={toEnd}>
          {word("room.to_newest")}
        </button>
      )}
    </div>
  );
}

/** Mine that the log does not show yet. */
function waiting(channel: Channel, outgoing: readonly Outgoing[]): readonly Outgoing[] {
  const echoed = new Set(channel.log.entries.map((entry) => (entry.kind === "message" ? entry.clientId : "")));
  return outgoing.filter((item) => item.fate.is !== "sending" || !echoed.has(item.clientId));
}

function entryRows(channel: Channel, outgoing: readonly Outgoing[]): ComponentChildren {
  const sending = new Set(outgoing.filter((item) => item.fate.is === "sending").map((item) => item.clientId));
  const entries = shown(channel.log);
  const rows: ComponentChildren[] = [];
  const came = entries.findIndex((entry) => entry.kind === "message" && entry.at > channel.cameIn);
  const at = came < 0 ? entries.length : came;
  entries.forEach((entry, index) => {
    if (index === at) rows.push(<CameIn key="came" channel={channel} />);
    if (gapBefore(channel, entries, index)) rows.push(<Gap key={`gap-${entry.seq}`} />);
    const own = entry.kind === "message" && sending.has(entry.clientId);
    rows.push(<EntryRow key={entry.seq} entry={entry} channel={channel} sending={own} />);
  });
  if (at === entries.length) rows.push(<CameIn key="came" channel={channel} />);
  return rows;
}

function gapBefore(channel: Channel, entries: readonly Entry[], index: number): boolean {
  const [before, here] = [entries[index - 1]?.seq ?? 0, entries[index]?.seq ?? 0];
  return channel.log.gaps.some((gap) => gap >= before && gap < here && index > 0);
}

function Gap() {
  return <li class="log__note">{word("message.gap")}</li>;
}

function CameIn({ channel }: { channel: Channel }) {
  const quiet = channel.log.entries.length === 0 && channel.log.before === null;
  return (
    <li class="log__note">
      {word("room.came_in", { time: clockTime(channel.cameIn, now()) })} {quiet && word("room.quiet")}
    </li>
  );
}

function Earlier({ channel }: { channel: Channel }) {
  const chat = useChat();
  const [asking, setAsking] = useState(false);
  const { from, complete, entries } = channel.log;
  if (entries.length === 0 || from <= 1) return null;
  if (complete) return <p class="log__note log__earlier">{word("room.no_earlier")}</p>;
  const ask = async (): Promise<void> => {
    setAsking(true);
    await chat.earlier(channel.id);
    setAsking(false);
  };
  return (
    <button class="button button--quiet log__earlier" type="button" aria-disabled={asking} onClick={() => void (asking || ask())}>
      {word(asking ? "room.loading_earlier" : "room.earlier")}
    </button>
  );
}

function fates(outgoing: readonly Outgoing[]): string {
  return outgoing.map((item) => item.clientId + item.fate.is).join();
}
