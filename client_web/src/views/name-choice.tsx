/** The made-up name: another one by one press, or one of one's own; a refused one comes back with three that are free. */
import { useState } from "preact/hooks";
import { announce } from "../announce";
import type { Channel } from "../channel";
import { word, wordIfAny } from "../words";
import { useChat } from "./context";
import { after } from "./focus";

interface Refusal {
  code: string;
  offers: readonly string[];
}

export function NameChoice({ channel }: { channel: Channel }) {
  const chat = useChat();
  const [own, setOwn] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = async (handle: string | null): Promise<void> => {
    const reply = await chat.rename(channel.id, handle);
    if (reply?.type === "named") {
      setOwn(null);
      setRefusal(null);
      announce(word("room.handle_offered", { handle: reply.handle }));
      after(".name-choice .button");
    } else setRefusal(reply?.type === "refused" ? reply : { code: "unavailable", offers: [] });
  };
  return (
    <div class="name-choice">
      <p>{offered(channel.handle)}</p>
      <div class="acts">
        <button class="button" type="button" onClick={() => void take(null)}>{word("room.another_name")}</button>
        {own === null && (
          <button class="button button--quiet" type="button" onClick={() => setOwn("")}>{word("room.own_name")}</button>
        )}
      </div>
      {own !== null && <OwnName own={own} setOwn={setOwn} take={take} faulty={refusal !== null} />}
      {refusal && <Refused refusal={refusal} take={take} />}
    </div>
  );
}

/** The sentence with the name standing out in it. */
function offered(handle: string) {
  const [before, after] = word("room.handle_offered", { handle: "\n" }).split("\n");
  return (
    <>
      {before}
      <bdi class="name">{handle}</bdi>
      {after}
    </>
  );
}

interface OwnNameProps {
  own: string;
  setOwn: (own: string | null) => void;
  take: (handle: string) => Promise<void>;
  faulty: boolean;
}

function OwnName({ own, setOwn, take, faulty }: OwnNameProps) {
  return (
    <form class="field" onSubmit={(event) => (event.preventDefault(), own.trim() && void take(own.trim()))}>
      <label for="own-name">{word("room.own_name_label")}</label>
      <p class="field__hint" id="own-name-hint">{word("room.own_name_hint")}</p>
      <div class="name-choice__row">
        <input
          class="input"
          id="own-name"
          maxLength={24}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="own-name-hint"
          aria-invalid={faulty}
          value={own}
          onInput={(event) => setOwn(event.currentTarget.value)}
        />
        <button class="button" type="submit">{word("room.take_name")}</button>
        <button class="button button--quiet" type="button" onClick={() => setOwn(null)}>{word("common.cancel")}</button>
      </div>
    </form>
  );
}

function Refused({ refusal, take }: { refusal: Refusal; take: (handle: string) => Promise<void> }) {
  const sentence = wordIfAny(`room.name_${refusal.code}`);
  return (
    <div role="status">
      <p class="quiet">{refusal.offers.length > 0 ? (sentence ?? word("room.handle_refused")) : word("room.name_later")}</p>
      <div class="acts">
        {refusal.offers.map((offer) => (
          <button class="button" type="button" key={offer} onClick={() => void take(offer)}>
            <bdi>{offer}</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}
