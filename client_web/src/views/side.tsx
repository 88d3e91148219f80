/** Beside the log where there is width, and one press away where there is not: who is here, the rules, and my choices. */
import { useContext } from "preact/hooks";
import type { Channel } from "../channel";
import { isThread } from "../mine";
import { page, roomOf } from "../page";
import { go } from "../route";
import { word } from "../words";
import { RulesFold } from "./before-writing";
import { DialogContext, useChat } from "./context";
import { Dialog, useClose } from "./dialog";
import { NameChoice } from "./name-choice";
import { Presence } from "./presence";
import { ThemeChoice } from "./theme-choice";

export function Side({ channel }: { channel: Channel }) {
  const room = roomOf(channel.id.replace(/^room:/, ""));
  const { me } = useChat().state;
  const hasWritten = me !== null && me.accepted >= page.rules.version; // before that, name and rules stand above the composer
  return (
    <div class="side">
      {room && <p class="quiet">{room.about}</p>}
      {!isThread(channel) && <Presence channel={channel} />}
      <RulesFold channel={channel} />
      {!isThread(channel) && hasWritten && me.role === "peer" && (
        <section class="side__part" aria-labelledby="side-name">
          <h2 id="side-name" class="presence__title">{word("room.your_name")}</h2>
          <NameChoice channel={channel} />
        </section>
      )}
      <section class="side__part" aria-labelledby="side-choices">
        <h2 id="side-choices" class="presence__title">{word("room.choices")}</h2>
        <Announcing />
        <ThemeChoice />
        {me?.role === "peer" && <a class="button button--quiet" href="/kept">{word("room.own")}</a>}
      </section>
      {!isThread(channel) && <Leave channel={channel} />}
    </div>
  );
}

function Announcing() {
  const chat = useChat();
  return (
    <label class="choice">
      <input type="checkbox" checked={chat.announcing} onChange={(event) => chat.announce(event.currentTarget.checked)} />
      {word("room.announce")}
    </label>
  );
}

function Leave({ channel }: { channel: Channel }) {
  const chat = useChat();
  const open = useContext(DialogContext);
  const unsaid = Boolean(chat.state.drafts[channel.id]) || chat.state.outbox.some((item) => item.channel === channel.id);
  const leave = (): void => {
    open(null);
    chat.leave(channel.id);
    go("/rooms");
  };
  return (
    <button class="button" type="button" onClick={() => (unsaid ? open(<LeaveDialog leave={leave} />) : leave())}>
      {word("room.leave")}
    </button>
  );
}

/** Only where something of mine would stay behind. */
function LeaveDialog({ leave }: { leave: () => void }) {
  const close = useClose();
  return (
    <Dialog title={word("room.leave_title")}>
      <p>{word("room.leave_about")}</p>
      <div class="acts">
        <button class="button" type="button" onClick={leave}>{word("room.leave")}</button>
        <button class="button button--act" type="button" onClick={close}>{word("room.stay")}</button>
      </div>
    </Dialog>
  );
}
