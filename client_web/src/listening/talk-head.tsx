/** How long they have been together and how long is left: words, and a bar that stands still for a minute. */
import { Lamp } from "../drawings";
import type { OneToOne } from "../protocol";
import { useLive, useNow } from "../views/context";
import { counted, word } from "../words";

const MINUTE_MS = 60_000;
const LOOK_MS = 5_000;

export function TalkHead({ one }: { one: OneToOne }) {
  const time = useNow(LOOK_MS);
  const live = useLive();
  const together = Math.max(0, Math.floor((time - one.since) / MINUTE_MS));
  const left = Math.max(0, Math.ceil((one.ends - time) / MINUTE_MS));
  return (
    <>
      <p class="room-head__truth talk__time">
        <Lamp lit={live} />
        <span>{together > 0 ? counted("listening.together", together) : word("listening.together_now")}</span>
        <span class="talk__left">{left > 0 ? counted("listening.time_left", left) : word("listening.time_over")}</span>
      </p>
      <Bar whole={together + left} gone={together} />
      <p class="room-head__slow">{word(one.watched ? "listening.watched" : "listening.supervised")}</p>
    </>
  );
}

/** The words beside it say the same. */
function Bar({ whole, gone }: { whole: number; gone: number }) {
  return (
    <svg class="talk__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="talk__whole" width="100" height="1" />
      <rect width={whole > 0 ? Math.min(100, (100 * gone) / whole) : 100} height="1" />
    </svg>
  );
}
