/** The phrase bank: words to begin from, put into the field to be made one's own; none is ever sent by itself. */
import { useNow } from "../views/context";
import { toComposer } from "../views/focus";
import { Icon } from "../icons";
import { mine } from "../mine";
import type { Moment } from "../protocol";
import { filled, word } from "../words";
import type { Chair } from "./chair";
import { MUCH, ready } from "./share";
import type { Talk } from "./standing";
import { useChair } from "./use-chair";

const MINUTE_MS = 60_000;

export function Phrases({ talk, moments, used }: { talk: Talk; moments: readonly Moment[]; used: () => void }) {
  const chair = useChair();
  const time = useNow(30_000);
  const minutes = Math.max(1, Math.ceil((talk.one.ends - time) / MINUTE_MS));
  const said = (phrase: string): string => filled(phrase, { name: talk.one.name, minutes });
  const use = (phrase: string): void => {
    insert(chair, talk.one.channel, said(phrase));
    used();
  };
  return (
    <details class="fold panel">
      <summary>
        <Icon name="chevron-right" />
        {word("listener.phrases")}
      </summary>
      <div class="fold__inside">
        <p class="quiet">{word("listener.phrases_about")}</p>
        {moments.map(({ name, phrases }) => (
          <section key={name} class="listener__phrases">
            <h3>{name}</h3>
            <ul>
              {phrases.map((phrase) => (
                <li key={phrase}><button class="button" type="button" onClick={() => use(phrase)}>{said(phrase)}</button></li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Share talk={talk} phrases={moments.flatMap((moment) => moment.phrases.map(said))} />
    </details>
  );
}

/** After what stands there already: nothing that was typed is lost. */
export function insert(chair: Chair, channel: string, text: string): void {
  const draft = chair.chat.state.drafts[channel] ?? "";
  const space = draft === "" || /\s$/.test(draft) ? "" : " ";
  chair.chat.do({ do: "draft", channel, text: draft + space + text });
  toComposer();
}

/** Only the listener sees it; above a half, a quiet word. */
function Share({ talk, phrases }: { talk: Talk; phrases: readonly string[] }) {
  const { chat } = useChair();
  const channel = chat.state.channels[talk.one.channel];
  if (!channel) return null;
  const said = channel.log.entries.flatMap((entry) => (entry.kind === "message" && mine(entry, channel) ? [entry.text] : []));
  const share = ready(said, phrases);
  if (share === null || share === 0) return null;
  return (
    <p class="quiet">
      {word("listener.share", { percent: Math.round(share * 100) })} {share > MUCH && word("listener.share_much")}
    </p>
  );
}
