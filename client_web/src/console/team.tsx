/** Who is on duty, who is their deputy, and how duty goes from one to the next: by being accepted, never by a calendar. */
import { useContext, useState } from "preact/hooks";
import { DialogContext } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { listed, word } from "../words";
import * as acts from "./acts";
import { Choices } from "./choices";
import { Fault } from "./fault";
import type { Station } from "./station";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

const HARD_ONES = 3; // after so many a break is offered

export function Team() {
  const station = useStation();
  const { staff } = station.chat.state;
  const names = staff?.map((name) => called(station, name)) ?? [];
  return (
    <footer class="console__team">
      <h3>{word("console.team")}</h3>
      <p class="quiet">{staff === null ? word("console.unknown") : names.length > 0 ? listed(names) : word("console.team_nobody")}</p>
      {station.desk.deputy && <p class="quiet">{word("console.deputy_is", { name: called(station, station.desk.deputy) })}</p>}
      {station.onDuty && <Handing />}
      {station.hard >= HARD_ONES && <p class="quiet">{word("console.break")}</p>}
      {station.chat.state.me?.role === "supervisor" && <p><a href="/listen">{word("console.to_listen")}</a></p>}
    </footer>
  );
}

function called({ name: me }: Station, name: string): string {
  return name === me ? word("console.you", { name }) : name;
}

/** For who is on duty: the deputy's part where nobody has it, and asking a colleague to take over. */
function Handing() {
  const station = useStation();
  const open = useContext(DialogContext);
  const [told, tell] = useState("");
  const asked = station.desk.passing.find((each) => each.by === station.name)?.to;
  const deputise = async (): Promise<void> => {
    const outcome = await acts.beDeputy(station.chat);
    tell(outcome === "done" ? "" : outcomeWords(outcome));
  };
  return (
    <>
      {station.desk.deputy === "" && <p class="quiet">{word("console.deputy_none")}</p>}
      {asked && <p class="quiet" role="status">{word("console.pass_asked", { name: asked })}</p>}
      <div class="acts">
        {station.desk.deputy === "" && (
          <button class="button button--small" type="button" onClick={() => void deputise()}>{word("console.deputy_be")}</button>
        )}
        <button class="button button--small" type="button" onClick={() => open(<PassDialog />)}>{word("console.pass")}</button>
      </div>
      <p class="quiet" role="status">{told}</p>
    </>
  );
}

function PassDialog() {
  const station = useStation();
  return (
    <ColleagueDialog
      title={word("console.pass_title")}
      about={word("console.pass_about")}
      send={(name) => acts.passDuty(station.chat, name)}
    />
  );
}

/** Whom of those on duty to ask. */
export function ColleagueDialog({ title, about, send }: { title: string; about: string; send: (name: string) => Promise<acts.Outcome> }) {
  const station = useStation();
  const close = useClose();
  const others = (station.chat.state.staff ?? []).filter((name) => name !== station.name);
  const [chosen, choose] = useState<string | null>(others.length === 1 ? (others[0] ?? null) : null);
  const [fault, setFault] = useState("");
  const ask = async (): Promise<void> => {
    if (chosen === null) return;
    const outcome = await send(chosen);
    if (outcome === "done") close();
    else setFault(outcomeWords(outcome));
  };
  return (
    <Dialog title={title}>
      <p>{about}</p>
      {others.length === 0 ? (
        <p>{word("console.colleague_none")}</p>
      ) : (
        <form class="form" onSubmit={(event) => (event.preventDefault(), void ask())}>
          <Choices name="colleague" legend={word("console.colleague")} all={others} label={(each) => each} chosen={chosen} choose={choose} />
          <Fault text={fault} />
          <div class="acts">
            <button class="button button--act" type="submit" aria-disabled={chosen === null}>{word("console.colleague_ask")}</button>
            <button class="button" type="button" onClick={close}>{word("common.cancel")}</button>
          </div>
        </form>
      )}
      {others.length === 0 && (
        <div class="acts">
          <button class="button" type="button" onClick={close}>{word("common.close")}</button>
        </div>
      )}
    </Dialog>
  );
}
