/** What a listener can do in a one-to-one, from calm to strong. */
import { useContext } from "preact/hooks";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { DialogContext } from "../views/context";
import { word } from "../words";
import { worryWords } from "./chair";
import { AbuseDialog, GoodbyeDialog, WorryDialog } from "./one-dialogs";
import { PassDialog } from "./passing";
import type { Talk } from "./standing";
import { useChair } from "./use-chair";

export function OneActs({ talk }: { talk: Talk }) {
  const chair = useChair();
  const open = useContext(DialogContext);
  const { channel, handle } = talk.one;
  return (
    <div class="one__acts">
      <button class="button button--worried" type="button" onClick={() => open(<WorryDialog channel={channel} />)}>
        <Icon name="hand-helping" />
        {word(talk.worry === null ? "listener.worried" : "listener.more_worried")}
      </button>
      {chair.standing.passing === null && (
        <button class="button" type="button" onClick={() => open(<PassDialog channel={channel} />)}>{word("listener.pass_on")}</button>
      )}
      <button class="button" type="button" onClick={() => open(<AbuseDialog channel={channel} />)}>{word("listener.abusive")}</button>
      <button class="button" type="button" onClick={() => open(<GoodbyeDialog channel={channel} handle={handle} />)}>{word("listener.goodbye")}</button>
      <p class="quiet" role="status">{chair.said}</p>
    </div>
  );
}

/** Whoever is worried stays, and is told when someone else has come. */
export function WorriedState({ talk }: { talk: Talk }) {
  if (talk.worry === null) return null;
  return (
    <p class="one__worry" role="status">
      <Lamp lit={talk.worry !== ""} />
      {worryWords(talk)}
    </p>
  );
}
