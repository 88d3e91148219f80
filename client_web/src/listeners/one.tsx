/** A one-to-one: who it is and what I can do, the talk, and what is at hand; on a narrow page the talk, with the rest one press away. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Banners } from "../views/banners";
import { Composer } from "../views/composer";
import { useChat, useWholeWindow, useWide } from "../views/context";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { Writing } from "../views/writing";
import { counted, word } from "../words";
import { askNow } from "./ask";
import { AtHand } from "./at-hand";
import { OneActs, WorriedState } from "./one-acts";
import { OneTime } from "./one-time";
import { outcomeWords } from "./outcome";
import { PassingState } from "./passing";
import { Shared } from "./shared";
import { isComing, type Talk } from "./standing";
import { StandingBar } from "./standing-bar";
import { useChair } from "./use-chair";
import { WishList } from "./wish";

export function OneView({ talk }: { talk: Talk }) {
  const chair = useChair();
  const [beside, setBeside] = useState(false);
  const wide = useWide();
  useWholeWindow();
  useAsking(() => {
    setBeside(true);
    void askNow(chair, talk.one.channel).then((fault) => fault && chair.say(fault));
  });
  const { handle } = talk.one;
  const title = word("listener.with", { handle });
  if (!chair.foremost.here) return <Elsewhere />;
  return (
    <main id="main" class={`one ${beside && !wide ? "one--beside" : ""}`}>
      {(wide || beside || !chair.isCurrent) && <StandingBar />}
      <div class="one__columns">
        {wide && <aside class="one__left" aria-label={word("listener.about_them")}><Shared talk={talk} open /><About talk={talk} /></aside>}
        <section class="one__main" aria-label={title}>
          <header class="work__head">
            <h1 class="one__title" tabIndex={-1}>{title}</h1>
            {!wide && (
              <button class="button one__hand" type="button" aria-expanded={beside} onClick={() => setBeside(!beside)}>
                <Icon name={beside ? "x" : "life-buoy"} />
                {word(beside ? "listener.back_to_talk" : "listener.at_hand")}
                {!beside && <Unread />}
              </button>
            )}
          </header>
          <OneTime talk={talk} />
          {!wide && !beside && <Shared talk={talk} />}
          {!wide && !beside && (
            <details class="fold one__fold">
              <summary>
                <Icon name="chevron-right" />
                {word("listener.about_and_acts")}
              </summary>
              <div class="fold__inside"><About talk={talk} /></div>
            </details>
          )}
          {(wide || !beside) && <Words talk={talk} />}
        </section>
        {(wide || beside) && <aside class="one__right" aria-label={word("listener.at_hand")}><AtHand talk={talk} used={() => setBeside(false)} /></aside>}
      </div>
    </main>
  );
}

/** What a supervisor wrote while their thread was not in sight. */
function Unread() {
  const { chat, standing } = useChair();
  const unread = standing.question === null ? 0 : (chat.state.channels[standing.question.channel]?.unread ?? 0);
  return unread > 0 ? <span class="item__new">{counted("room.new", unread)}</span> : null;
}

/** Ctrl and the full stop, wherever one is in this page. */
function useAsking(ask: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== "." || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      ask();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function About({ talk }: { talk: Talk }) {
  const { standing } = useChair();
  const { one } = talk;
  return (
    <>
      <dl class="facts">
        <WishList wish={one.wish} />
      </dl>
      {one.slowly && <p class="quiet">{word("listener.slowly")}</p>}
      {!isComing(standing) && <OneActs talk={talk} />}
      <p class="quiet">{word("listener.who_reads")} {one.watched && word("listener.watched")}</p>
    </>
  );
}

function Words({ talk }: { talk: Talk }) {
  const { channels } = useChat().state;
  const channel = channels[talk.one.channel];
  useWatching(talk.one.channel);
  if (channel === undefined || (channel.entering.is !== "in" && channel.cameIn === 0))
    return (
      <p class="console__empty one__opening" role="status">
        {channel?.entering.is === "refused" ? outcomeWords(channel.entering.code) : word("room.opening")}
      </p>
    );
  return (
    <>
      <Log channel={channel} />
      <Writing channel={channel} />
      <WorriedState talk={talk} />
      <PassingState talk={talk} />
      <Quietness talk={talk} />
      <Banners channel={channel} />
      <Composer channel={channel} other={talk.one.handle} />
    </>
  );
}

/** Nobody has spoken for a while: told, never blamed. */
function Quietness({ talk: { quiet, one } }: { talk: Talk }) {
  if (quiet === null) return null;
  const { mine, minutes } = quiet;
  return (
    <p class="one__quiet" role="status">
      <Icon name="timer" />
      {word(mine ? "listener.you_owe" : "listener.they_are_quiet", { minutes, handle: one.handle })}
    </p>
  );
}

/** One tab holds the one-to-one: the one that was touched last. */
function Elsewhere() {
  const chair = useChair();
  return (
    <main id="main" class="page page--text">
      <h1 tabIndex={-1}>{word("listener.elsewhere_title")}</h1>
      <p>{word("listener.elsewhere")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={() => chair.foremost.touch()}>{word("listener.bring_here")}</button>
      </div>
    </main>
  );
}
