/** A room before going in: what it is for, its ways, and the last words said there, without names. */
import { useContext, useEffect, useState } from "preact/hooks";
import { now } from "../clock";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { page, type Room } from "../page";
import type { Voice } from "../protocol";
import { clockTime, word } from "../words";
import { AgeQuestion, mayEnter, UnderAge } from "./age";
import { AwayNotice } from "./banners";
import { DoorsContext, useChat } from "./context";
import { truth } from "./truth";

interface Words {
  voice: Voice;
  text: string;
  at: number;
}

export function PreviewPage({ room }: { room: Room }) {
  const chat = useChat();
  const { doors } = useContext(DoorsContext);
  const [asking, setAsking] = useState(false);
  const enter = (): void => {
    if (page.age_question && chat.age === null) setAsking(true);
    else chat.enter(`room:${room.id}`);
  };
  return (
    <main id="main" class="page page--text preview">
      <a class="button button--quiet page__back" href="/rooms">
        <Icon name="arrow-left" />
        {word("room.back_to_rooms")}
      </a>
      <div>
        <h1 tabIndex={-1}>{room.name}</h1>
        <p class="page__lead">{room.about}</p>
        {room.tags.length > 0 && <p class="small">{room.tags.join(" · ")}</p>}
      </div>
      <p class="team__truth">
        <Lamp lit={doors !== null && doors.staff.length > 0} />
        {truth(doors?.rooms[room.id]?.people ?? null, doors?.staff ?? null)}
      </p>
      <AwayNotice />
      <Entrance asking={asking} enter={enter} room={room} />
      <Guidelines room={room} />
      <LastWords room={room} />
    </main>
  );
}

function Entrance({ asking, enter, room }: { asking: boolean; enter: () => void; room: Room }) {
  const chat = useChat();
  const stopped = chat.state.link.is === "stopped" && chat.state.link.why === "no_session";
  const goIn = (): void => {
    if (mayEnter(chat.age)) chat.enter(`room:${room.id}`);
  };
  if (chat.age !== null && !mayEnter(chat.age)) return <UnderAge />;
  if (asking && chat.age === null) return <AgeQuestion answered={goIn} />;
  return (
    <>
      {stopped && <p class="notice" role="status">{word("session.no_session")}</p>}
      <div class="acts">
        <button class="button button--act" type="button" onClick={enter}>{word("room.go_in")}</button>
        <span class="quiet">{word("room.go_in_about")}</span>
      </div>
    </>
  );
}

function Guidelines({ room }: { room: Room }) {
  if (room.guidelines.length === 0) return null;
  return (
    <section aria-labelledby="ways">
      <h2 id="ways" class="preview__title">{word("room.ways")}</h2>
      <ul class="rules rules--plain">
        {room.guidelines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function LastWords({ room }: { room: Room }) {
  const messages = usePreview(room);
  if (room.preview === "none") return <p class="quiet">{word("room.preview_none")}</p>;
  if (messages === null) return null;
  return (
    <section aria-labelledby="last">
      <h2 id="last" class="preview__title">{word("room.preview")}</h2>
      {messages.length === 0 && <p class="quiet">{word("room.quiet")}</p>}
      <ol class="log__list preview__list">
        {messages.map((message, index) => (
          <li class={`message ${message.voice === "peer" ? "" : "message--staff"}`} key={index}>
            <p class="message__head">
              <span class="message__handle">{word(`message.voice_${message.voice}`)}</span>
              <time class="message__time">{clockTime(message.at, now())}</time>
            </p>
            <p class="message__text" dir="auto">{message.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Null until it has come; where it does not come, the room can still be entered. */
function usePreview(room: Room): readonly Words[] | null {
  const [messages, setMessages] = useState<readonly Words[] | null>(null);
  useEffect(() => {
    setMessages(null);
    if (room.preview === "none") return;
    const away = new AbortController();
    fetch(`/preview/${room.id}`, { signal: away.signal })
      .then((answer) => (answer.ok ? answer.json() : null)) // not told is not the same as nothing said
      .then((preview: { messages: readonly Words[] } | null) => setMessages(preview?.messages ?? null))
      .catch(() => undefined);
    return () => away.abort();
  }, [room.id]);
  return messages;
}
