/** What nobody said, in its place between what was said: how it began, a silence, the time, someone who came in. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { announce } from "../announce";
import { now } from "../clock";
import type { Row } from "../views/log";
import { Time } from "../views/message";
import { clockTime, counted, word } from "../words";
import { SlowlyAct } from "./slowly";
import type { Note, Talk } from "./standing";

/** As rows of the log; what is new is read aloud. */
export function useNotes(talk: Talk): readonly Row[] {
  const { one, notes } = talk;
  useAloud(talk);
  return useMemo(() => {
    const began = { at: one.since, row: <NoteRow key="began" at={one.since} text={word("listening.began")} /> };
    return [began, ...notes.map((note) => ({ at: note.event.at, row: rowOf(note, talk) }))];
  }, [one, notes]);
}

/** The first look is at what was told before. */
function useAloud({ one, notes }: Talk): void {
  const told = useRef(notes.length);
  useEffect(() => {
    for (const { event } of notes.slice(told.current)) if (event.at > one.since) announce(sentence(event, one.name));
    told.current = notes.length;
  }, [notes]);
}

function rowOf({ seq, event }: Note, { one }: Talk): ComponentChildren {
  const asks = event.type === "one_nudged" && !event.listener && !one.slowly;
  return (
    <NoteRow key={`note-${seq}`} at={event.at} text={sentence(event, one.name)}>
      {asks && <SlowlyAct />}
    </NoteRow>
  );
}

function sentence(event: Note["event"], name: string): string {
  switch (event.type) {
    case "one_nudged":
      if (event.listener) return word("listening.quiet_listener", { name });
      return word(event.minutes < 8 ? "listening.quiet_peer" : "listening.quiet_peer_again");
    case "one_time":
      return event.minutes > 0 ? counted("listening.minutes_left", event.minutes) : word("listening.minutes_over");
    case "one_extended":
      return word("listening.extended", { time: clockTime(event.ends, now()) });
    case "one_entered":
      return word(event.voice === "supervisor" ? "listening.entered" : "listening.entered_listener", { name: event.name });
    case "one_handed":
      return word("listening.handed", { name: event.name });
  }
}

function NoteRow({ at, text, children }: { at: number; text: string; children?: ComponentChildren }) {
  return (
    <li class="message message--automatic">
      <p class="message__head">
        <span class="message__handle">{word("message.voice_automatic")}</span>
        <Time at={at} />
      </p>
      <p class="message__text">{text}</p>
      {children}
    </li>
  );
}
