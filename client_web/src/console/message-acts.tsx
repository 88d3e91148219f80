/** Remove, mute or worry, at the message itself. */
import { useContext, useState } from "preact/hooks";
import type { Message } from "../log";
import { DialogContext } from "../views/context";
import { word, wordIfAny } from "../words";
import * as acts from "./acts";
import { AbsenceForm, ReasonForm, SilenceForm, WorryForm } from "./dialogs";
import { useStation } from "./use-station";

export function MessageActs({ message, channel }: { message: Message; channel: string }) {
  const station = useStation();
  const open = useContext(DialogContext);
  const [unfolded, unfold] = useState(false);
  const { seq, handle } = message;
  const unread = station.desk.unscreened[message.id];
  const target = { channel, seq, handle };
  const done = (act: string): void => station.set({ said: wordIfAny(`console.done_${act}`, { handle }) ?? "" });
  const remove = (
    <ReasonForm title={word("console.remove_title")} about={word("console.remove_about")} label={word("console.act_remove")} likely={null} send={(because) => acts.remove(station, target, because)} done={() => done("remove")} />
  );
  const mute = (
    <SilenceForm about={word("console.mute_about")} likely={null} also send={(how) => acts.silenceAuthor(station, target, how)} done={() => done("mute")} />
  );
  const ban = <AbsenceForm send={(how) => acts.sendOut(station, target, how)} done={() => done("ban")} />;
  const worry = <WorryForm likely={null} send={(how) => acts.escalate(station, { channel, seq }, how)} done={() => done("worry")} />;
  return (
    <>
      {unread && <span class="message__unread">{word(`console.unread_${unread.why}`)}</span>}
      <button class="message__more" type="button" aria-expanded={unfolded} aria-label={word("console.acts_of", { handle })} onClick={() => unfold(!unfolded)}>
        {word("console.acts")}
      </button>
      {unfolded && (
        <span class="message__staff-acts">
          <button class="button" type="button" onClick={() => open(remove)}>{word("console.act_remove")}</button>
          {message.voice === "peer" && <button class="button" type="button" onClick={() => open(mute)}>{word("console.act_mute")}</button>}
          {message.voice === "peer" && <button class="button" type="button" onClick={() => open(ban)}>{word("console.act_ban")}</button>}
          {message.voice === "peer" && <button class="button button--worried" type="button" onClick={() => open(worry)}>{word("console.act_worry")}</button>}
        </span>
      )}
    </>
  );
}
