/** The log of a channel: what was said, what of mine is on its way, each in its place by time. */
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Channel } from "../channel";
import { now } from "../clock";
import { shown, type Entry } from "../log";
import { isOne, isThread } from "../mine";
import type { Outgoing } from "../outbox";
import { clockTime, word } from "../words";
import { useAnnouncements } from "./announcements";
import { useChat } from "./context";
import { EntryRow, Greeting } from "./message";
import { OutgoingRow } from "./outgoing";
import { useStuckToEnd } from "./scrolling";

interface LogProps {
  channel: Channel;
  notes?: readonly Row[] | undefined;
  children?: ComponentChildren;
}

export function Log({ channel, notes, children }: LogProps) {
  const { outbox } = useChat().state;
  const outgoing = useMemo(() => outbox.filter((item) => item.channel === channel.id), [outbox, channel.id]);
  const { box, atEnd, toEnd } = useStuckToEnd(channel.log.from);
  useAnnouncements(channel, outgoing);
  const rows = useMemo(
    () => rowsOf(channel, outgoing, notes ?? []),
    [channel.log, channel.handles, channel.removed, channel.cameIn, outgoing, notes],
  );
  return (
    <div class="log" ref={box} role="log" aria-live="off" aria-label={word("room.log")} tabIndex={0}>
      <Earlier channel={channel} />
      <ol class="log__list">{rows}</ol>
      {children}
      {!atEnd && (
        <button class="button log__newer" type="button" onClick={toEnd}>
          {word("room.to_newest")}
        </button>
      )}
    </div>
  );
}

export interface Row {
  at: number;
  row: ComponentChildren;
}

/** Entries keep their order; what waits of mine stands where it was written, and what is being sent at the end. */
function rowsOf(channel: Channel, outgoing: readonly Outgoing[], notes: readonly Row[]): ComponentChildren {
  const entries = entryRows(channel, outgoing);
  const waiting = [...waitingRows(channel, outgoing), ...notes].toSorted(byTime);
  const rows: ComponentChildren[] = [];
  for (const entry of entries) {
    while (waiting[0] && waiting[0].at < entry.at) rows.push(waiting.shift()?.row);
    rows.push(entry.row);
  }
  return [...rows, ...waiting.map((each) => each.row)];
}

function entryRows(channel: Channel, outgoing: readonly Outgoing[]): Row[] {
  const sending = new Map(outgoing.filter((item) => item.fate.is === "sending").map((item) => [item.clientId, item]));
  const entries = shown(channel.log);
  const rows: Row[] = [];
  let at = 0;
  let came = false;
  entries.forEach((entry, index) => {
    at = entry.kind === "message" ? Math.max(at, entry.at) : at;
    if (!came && at > channel.cameIn) {
      came = true;
      rows.push(cameIn(channel));
    }
    if (gapBefore(channel, entries, index)) rows.push({ at, row: <Gap key={`gap-${entry.seq}`} /> });
    const own = entry.kind === "message" ? sending.get(entry.clientId) : undefined;
    rows.push({ at, row: <EntryRow key={entry.seq} entry={entry} channel={channel} sending={own ?? null} /> });
  });
  if (gapAtEnd(channel, entries)) rows.push({ at, row: <Gap key="gap-end" /> });
  return came ? rows : [...rows, cameIn(channel)];
}

/** Mine that the log does not show yet. */
function waitingRows(channel: Channel, outgoing: readonly Outgoing[]): Row[] {
  const echoed = new Set(shown(channel.log).map((entry) => (entry.kind === "message" ? entry.clientId : "")));
  const hidden = outgoing.filter((item) => item.fate.is !== "sending" || !echoed.has(item.clientId));
  const rows = hidden.map((item) => ({
    at: item.fate.is === "sending" || item.fate.is === "not_sent" ? Infinity : item.at,
    row: <OutgoingRow key={item.clientId} item={item} channel={channel} />,
  }));
  return rows.toSorted(byTime);
}

function byTime(one: Row, other: Row): number {
  return one.at - other.at || 0;
}

function gapBefore(channel: Channel, entries: readonly Entry[], index: number): boolean {
  const [before, here] = [entries[index - 1]?.seq ?? 0, entries[index]?.seq ?? 0];
  return channel.log.gaps.some((gap) => gap >= before && gap < here && (index > 0 || gap === 0));
}

function gapAtEnd({ log }: Channel, entries: readonly Entry[]): boolean {
  const last = entries.at(-1)?.seq ?? 0;
  return log.before === null && log.gaps.some((gap) => gap >= last);
}

function Gap() {
  return <li class="log__note">{word("message.gap")}</li>;
}

function cameIn(channel: Channel): Row {
  return { at: channel.cameIn, row: <CameIn key="came" channel={channel} /> };
}

function CameIn({ channel }: { channel: Channel }) {
  if (isOne(channel)) return null; // how it began is told there
  const quiet = !isThread(channel) && channel.log.entries.length === 0 && channel.log.before === null && channel.log.gaps.length === 0;
  return (
    <>
      <li class="log__note">
        {word("room.came_in", { time: clockTime(channel.cameIn, now()) })} {quiet && word("room.quiet")}
      </li>
      {!isThread(channel) && <Greeting at={channel.cameIn} />}
    </>
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
