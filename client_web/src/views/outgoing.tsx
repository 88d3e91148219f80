/** What I wrote and nobody else sees yet: its state in words, why, and what I can do. Nothing of mine is lost here. */
import type { ComponentChildren } from "preact";
import type { Chat } from "../chat";
import type { Channel } from "../channel";
import { goesOut } from "../delivery";
import { Icon, type IconName } from "../icons";
import type { Fate, Outgoing } from "../outbox";
import { clockTime, word, wordIfAny } from "../words";
import { useChat, useNow, useStaff } from "./context";
import { Arrived, OnItsWay } from "./delivery";
import { toComposer, toTalk } from "./focus";

export function OutgoingRow({ item, channel }: { item: Outgoing; channel: Channel }) {
  const { fate } = item;
  switch (fate.is) {
    case "sending":
    case "posted":
      return <MineRow item={item} channel={channel} />;
    case "held":
      return <HeldRow item={item} fate={fate} />;
    case "returned":
      return <ReturnedRow item={item} fate={fate} />;
    case "refused":
      return <RefusedRow item={item} code={fate.code} />;
    case "lost":
      return <NotInTheRoomRow item={item} words="lost" />;
    case "not_sent":
      return <NotInTheRoomRow item={item} words={item.tried ? "unsure" : "not_sent"} />;
  }
}

/** Nobody else sees it yet; what has never gone out can still be taken back. */
function MineRow({ item, channel }: { item: Outgoing; channel: Channel }) {
  const chat = useChat();
  const arrived = item.fate.is === "posted";
  return (
    <li class="message message--mine">
      <p class="message__head">
        <bdi class="message__handle">{channel.handle}</bdi>
        <span class="tag">{word("message.you")}</span>
      </p>
      <p class="message__text" dir="auto">{item.text}</p>
      {arrived ? <Arrived channel={channel} /> : <OnItsWay item={item} />}
      {!arrived && !item.tried && !goesOut(chat.state) && (
        <div class="acts message__acts">
          <button class="button" type="button" onClick={() => edit(chat, item)}>{word("message.take_back")}</button>
        </div>
      )}
    </li>
  );
}

function HeldRow({ item, fate }: { item: Outgoing; fate: Extract<Fate, { is: "held" }> }) {
  const chat = useChat();
  const staff = useStaff();
  const time = useNow(10_000);
  const editing = chat.state.editing[item.channel] === item.clientId;
  return (
    <Row kind="held" icon="hourglass" lead={word("message.held")} text={item.text}>
      <p class="message__why">{fate.care ? careWords(staff) : heldWords(fate, time)}</p>
      {editing ? (
        <p class="message__why">{word("message.editing")}</p>
      ) : (
        <div class="acts message__acts">
          <button class={fate.care ? "button button--quiet" : "button"} type="button" onClick={() => edit(chat, item)}>
            {!fate.care && <Icon name="pencil" />}
            {word("message.edit")}
          </button>
          <button class="button" type="button" onClick={() => void chat.takeBack(item.clientId, item.channel).then(toComposer)}>
            {word("message.take_back")}
          </button>
        </div>
      )}
    </Row>
  );
}

function careWords(staff: readonly string[] | null): string {
  return word(staff?.length === 0 ? "message.held_care_nobody" : "message.held_care");
}

/** Why, who looks, and by when where someone is there to look; past that time, that it still waits. */
function heldWords({ why, due }: { why: string; due: number }, time: number): string {
  const by = { time: clockTime(due, time) };
  const because = wordIfAny(`message.why_${why}`);
  if (due === 0) return [because, word("message.held_nobody")].filter(Boolean).join(" ");
  if (time > due) return [because, word("message.held_late")].filter(Boolean).join(" ");
  return wordIfAny(`message.held_${why}`, by) ?? word("message.held_other", by);
}

function ReturnedRow({ item, fate }: { item: Outgoing; fate: Extract<Fate, { is: "returned" }> }) {
  const reason = (fate.reason && wordIfAny(`message.reason_${fate.reason}`)) ?? word("message.reason_other");
  return (
    <Row kind="held" icon="undo-2" lead={word("message.returned")} text={item.text}>
      <p class="message__why">{word(fate.edit ? "message.asked_to_edit" : "message.kept_out", { reason })}</p>
      {fate.note && <p class="message__why">{word("message.note", { note: fate.note })}</p>}
      <EditOrDelete item={item} />
    </Row>
  );
}

function RefusedRow({ item, code }: { item: Outgoing; code: string }) {
  return (
    <Row kind="held" icon="undo-2" lead={word("message.returned")} text={item.text}>
      <p class="message__why">{wordIfAny(`composer.refused_${code}`) ?? word("composer.refused_other")}</p>
      <EditOrDelete item={item} />
    </Row>
  );
}

function EditOrDelete({ item }: { item: Outgoing }) {
  const chat = useChat();
  return (
    <div class="acts message__acts">
      <button class="button" type="button" onClick={() => edit(chat, item)}>
        <Icon name="pencil" />
        {word("message.edit")}
      </button>
      <Delete item={item} />
    </div>
  );
}

/** Given up on, not found out about, or lost by us. */
function NotInTheRoomRow({ item, words }: { item: Outgoing; words: "not_sent" | "unsure" | "lost" }) {
  const chat = useChat();
  return (
    <Row kind="unsent" icon="circle-alert" lead={word(`message.${words}_lead`)} text={item.text}>
      <p class="message__why">{word(`message.${words}_why`)}</p>
      <div class="acts message__acts">
        <button class="button" type="button" onClick={() => (chat.do({ do: "again", clientId: item.clientId, now: Date.now() }), toTalk())}>
          <Icon name="rotate-cw" />
          {word(words === "lost" ? "message.send_again" : "message.again")}
        </button>
        <Delete item={item} />
      </div>
    </Row>
  );
}

function Delete({ item }: { item: Outgoing }) {
  const chat = useChat();
  return (
    <button class="button button--quiet" type="button" onClick={() => (chat.do({ do: "forget", clientId: item.clientId }), toTalk())}>
      {word("message.delete")}
    </button>
  );
}

interface RowProps {
  kind: "held" | "unsent";
  icon: IconName;
  lead: string;
  text: string;
  children: ComponentChildren;
}

function Row({ kind, icon, lead, text, children }: RowProps) {
  return (
    <li class={`message message--${kind}`}>
      <p class="message__lead">
        <Icon name={icon} />
        {lead}
      </p>
      <p class="message__text" dir="auto">{text}</p>
      {children}
    </li>
  );
}

function edit(chat: Chat, item: Outgoing): void {
  chat.do({ do: "edit", clientId: item.clientId });
  toComposer();
}
