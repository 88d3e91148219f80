/** Whom a listener can ask, said before anything begins and beside every talk; and what to do where nobody is there. */
import type { ComponentChildren } from "preact";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { listed, word } from "../words";
import { useChair } from "./use-chair";

export function Supervision({ children }: { children?: ComponentChildren }) {
  const { chat, name, standing } = useChair();
  const supervisors = standing.supervisors.filter((each) => each !== name);
  const team = chat.state.staff?.filter((each) => each !== name && !supervisors.includes(each)) ?? [];
  const someone = supervisors.length + team.length > 0;
  return (
    <section class="panel" aria-labelledby="supervision">
      <h2 id="supervision">{word("listener.supervision")}</h2>
      <p class="item__state">
        <Lamp lit={supervisors.length > 0} />
        {supervisors.length > 0 ? word("listener.supervised_by", { names: listed(supervisors) }) : word("listener.supervised_by_nobody")}
      </p>
      {team.length > 0 && <p class="quiet">{word("listener.team_there", { names: listed(team) })}</p>}
      {!someone && <p class="quiet">{word("listener.team_nobody")}</p>}
      {supervisors.length === 0 && <Alone />}
      {children}
    </section>
  );
}

/** The operator's own words for it; nothing where they have not come. `open`: it is wanted now. */
export function Alone({ open = false }: { open?: boolean }) {
  const { handbook } = useChair();
  if (handbook === null) return null;
  return (
    <>
      {handbook.on_call && <p><b>{word("listener.on_call")}</b> {handbook.on_call}</p>}
      <details class="fold" open={open}>
        <summary>
          <Icon name="chevron-right" />
          {word("listener.alone")}
        </summary>
        <ul class="rules rules--plain listener__alone">
          {handbook.alone.map((line) => <li key={line}>{line}</li>)}
        </ul>
      </details>
    </>
  );
}
