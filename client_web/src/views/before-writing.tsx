/** Before the first message: the name that is offered, and who can read what. No box to tick: writing is agreeing. */
import type { Channel } from "../channel";
import { Icon } from "../icons";
import { page, roomOf } from "../page";
import { word } from "../words";
import { useChat } from "./context";
import { NameChoice } from "./name-choice";

export function BeforeWriting({ channel }: { channel: Channel }) {
  const me = useChat().state.me;
  if (!me || me.accepted >= page.rules.version) return null;
  return (
    <section class="before" aria-label={word("rules.title")}>
      {me.role === "peer" && <NameChoice channel={channel} />}
      <h2 class="before__title">
        {me.accepted > 0 && `${word("rules.changed")} `}
        {word("rules.agree")}
      </h2>
      <RuleLines />
    </section>
  );
}

/** One press away for ever. */
export function RulesFold({ channel }: { channel: Channel }) {
  const room = roomOf(channel.id.replace(/^room:/, ""));
  return (
    <details class="fold" id="rules">
      <summary>
        <Icon name="chevron-right" />
        {word("rules.fold")}
      </summary>
      <div class="fold__inside text">
        <RuleLines />
        {room && room.guidelines.length > 0 && <h2 class="presence__title">{word("rules.room")}</h2>}
        {room && (
          <ul>
            {room.guidelines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <a href="/privacy">{word("rules.more")}</a>
      </div>
    </details>
  );
}

function RuleLines() {
  return (
    <ol class="rules">
      {page.rules.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}
