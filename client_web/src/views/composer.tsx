/** Where one writes: a note of what differs, the field, and Send. The draft is never cleared by anyone but its author. */
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "../announce";
import type { Channel } from "../channel";
import { now } from "../clock";
import { Icon, type IconName } from "../icons";
import { isThread } from "../mine";
import { goToThread } from "../route";
import { clockTime, counted, word, wordIfAny } from "../words";
import type { Chat } from "../chat";
import type { Me } from "../state";
import { bannered } from "./banners";
import { useChat, useNow } from "./context";
import { toComposer } from "./focus";

const MINUTE_MS = 60_000;

export function Composer({ channel, other }: { channel: Channel; other?: string | undefined }) {
  const waiting = Math.max(channel.turnAt, channel.mutedUntil) > now();
  const time = useNow(waiting ? 1_000 : MINUTE_MS);
  if (channel.mutedUntil > time) return <Muted channel={channel} time={time} />;
  if (channel.open === "closed" && isThread(channel)) return <Closed icon="check" lead={word("room.thread_over_title")} text={word("room.thread_over")} />;
  if (channel.open === "closed") return <Closed icon="lock" lead={word("composer.closed")} text={word("composer.closed_about")} />;
  return <Field channel={channel} other={other} wait={Math.max(0, Math.ceil((channel.turnAt - time) / 1_000))} time={time} />;
}

interface FieldProps {
  channel: Channel;
  other?: string | undefined;
  /** Whole seconds until slow mode lets me write again. */
  wait: number;
  time: number;
}

function Field({ channel, other, wait, time }: FieldProps) {
  const chat = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = chat.state.drafts[channel.id] ?? "";
  const over = Array.from(draft).length - chat.state.limits.text_characters;
  useGrowth(field, draft);
  useTurnAnnounced(wait);
  const blocked = wait > 0 || over > 0;
  const send = (): void => {
    if (!blocked && draft.trim() !== "" && chat.say(channel.id, draft)) field.current?.focus();
  };
  const typed = (event: { currentTarget: HTMLTextAreaElement }): void => {
    chat.do({ do: "draft", channel: channel.id, text: event.currentTarget.value });
    if (event.currentTarget.value) chat.typing(channel.id);
  };
  const label = other ? word("listening.to", { name: other }) : word(toWhom(channel, chat.state.me));
  return (
    <form class="composer" onSubmit={(event) => (event.preventDefault(), send())}>
      <Note channel={channel} wait={wait} over={over} time={time} />
      <div class="composer__row">
        <textarea
          ref={field}
          class="composer__field"
          rows={1}
          dir="auto"
          autocomplete="off"
          aria-label={label}
          aria-describedby={noteId(channel)}
          placeholder={label}
          value={draft}
          onInput={typed}
          onKeyDown={(event) => sendsOn(event) && (event.preventDefault(), send())}
        />
        <Send blocked={blocked} note={noteId(channel)} />
      </div>
    </form>
  );
}

/** Still in the tab order while it can't be used: the note says why. */
function Send({ blocked, note }: { blocked: boolean; note: string }) {
  return (
    <button class="button button--act" type="submit" aria-disabled={blocked} aria-describedby={note}>
      <Icon name="send-horizontal" />
      {word("composer.send")}
    </button>
  );
}

/** Two talks can be written in on one page. */
function noteId({ id }: Channel): string {
  return `note-${id}`;
}

function toWhom(channel: Channel, me: Me | null): string {
  if (!isThread(channel)) return "composer.to_room";
  return me === null || me.role === "peer" ? "composer.to_thread" : "composer.to_person";
}

/** Enter sends where there is a keyboard to hold Shift on; on a phone it makes a line. */
function sendsOn(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches;
}

function Note({ channel, wait, over, time }: FieldProps & { over: number }) {
  const chat = useChat();
  const note = noteOf(chat, channel, wait, over, time);
  const editing = chat.state.editing[channel.id] !== undefined;
  return (
    <div id={noteId(channel)} class={note ? "composer__note" : "unseen"}>
      {note && <Icon name={note.icon} />}
      {note && <span>{note.text}</span>}
      {editing && (
        <button class="button button--quiet" type="button" onClick={() => (chat.do({ do: "keep_held", channel: channel.id }), toComposer())}>
          {word("common.cancel")}
        </button>
      )}
    </div>
  );
}

function noteOf(chat: Chat, channel: Channel, wait: number, over: number, time: number): { icon: IconName; text: string } | null {
  if (over > 0) return { icon: "info", text: counted("composer.over", over) };
  if (chat.state.editing[channel.id]) return { icon: "pencil", text: word("composer.editing") };
  if (wait > 0) return { icon: "timer", text: turn(wait, channel.turnAt, time) };
  const refusal = channel.notice && wordIfAny(`composer.refused_${channel.notice}`);
  if (refusal) return { icon: "info", text: refusal };
  if (chat.state.link.is === "connecting" && !bannered(chat.state.link)) return { icon: "cloud-off", text: word("composer.offline") };
  return null;
}

function turn(seconds: number, turnAt: number, time: number): string {
  return seconds > 90 ? word("composer.slow_until", { time: clockTime(turnAt, time) }) : counted("composer.slow", seconds);
}

/** At the start and at the end; the seconds between are for the eye. */
function useTurnAnnounced(wait: number): void {
  const waited = useRef(false);
  useEffect(() => {
    if (wait > 0 && !waited.current) announce(counted("composer.slow", wait));
    if (wait === 0 && waited.current) announce(word("composer.turn"));
    waited.current = wait > 0;
  }, [wait > 0]);
}

/** Grows with its words where the style sheet can't do it alone. */
function useGrowth(box: RefObject<HTMLTextAreaElement | null>, draft: string): void {
  useLayoutEffect(() => {
    const field = box.current;
    if (!field || CSS.supports("field-sizing", "content")) return;
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + 3}px`;
  }, [draft]);
}

function Muted({ channel, time }: { channel: Channel; time: number }) {
  const chat = useChat();
  const thread = chat.state.threads.find((each) => each.is === "open");
  const reason = channel.muteReason && wordIfAny(`composer.muted_${channel.muteReason}`);
  const write = (): void => (thread ? goToThread(thread.ticket) : chat.askForHelp(channel.id));
  return (
    <Closed
      icon="mic-off"
      lead={word("composer.muted", { time: clockTime(channel.mutedUntil, time) })}
      text={[reason, channel.muteNote, word("composer.muted_open")].filter(Boolean).join(" ")}
    >
      {chat.state.help && !thread ? (
        <p class="quiet" role="status">{word(chat.state.help.is === "received" ? "composer.asked" : "composer.asking")}</p>
      ) : (
        <button class="button" type="button" onClick={write}>{word("composer.to_moderator")}</button>
      )}
    </Closed>
  );
}

function Closed({ icon, lead, text, children }: { icon: IconName; lead: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="composer">
      <div class="composer__closed" role="status">
        <Icon name={icon} />
        <b>{lead}</b>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
