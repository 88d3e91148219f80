/** The thing to decide about: what it is, its words with those around it, and six acts of equal weight. */
import { useContext, useState } from "preact/hooks";
import { Icon } from "../icons";
import { DialogContext } from "../views/context";
import { clockTime, counted, word, wordIfAny } from "../words";
import * as acts from "./acts";
import { age } from "./ages";
import { Around } from "./around";
import { Bars } from "./cover";
import { ItemTag, roomName } from "./item-tag";
import { MuteDialog, ReasonDialog, WorryDialog } from "./dialogs";
import { cause, isCovered, type Item } from "./items";
import { keyOf, keysOn, useKeysInside } from "./keys";
import type { Station } from "./station";
import { outcomeWords } from "./ticket-card";
import { useStation } from "./use-station";

export function DecideCard({ item, time, next }: { item: Item; time: number; next: () => void }) {
  const station = useStation();
  const [shown, setShown] = useState(!isCovered(item));
  const six = useSix(item, next);
  const box = useKeysInside<HTMLElement>((event) => {
    const letter = keyOf(event);
    if (letter === "s") setShown(true);
    six.find((act) => act.letter.toLowerCase() === letter)?.act();
  });
  const why = wordIfAny(`console.why_${cause(item)}`) ?? word("console.why_other");
  return (
    <article class="item item--open" ref={box} tabIndex={-1} aria-label={why}>
      <p class="item__head">
        <ItemTag item={item} cause={why} />
        <span class="item__age">{age(time - item.about.since)}</span>
      </p>
      {shown ? <Around item={item} /> : <Bars show={() => setShown(true)} letter={keysOn() ? "S" : undefined} />}
      <p class="quiet">{aboutWords(item, time)}</p>
      {item.kind === "report" && item.about.note && <blockquote class="item__note" dir="auto">{item.about.note}</blockquote>}
      {item.care && <p class="item__state"><Icon name="hand-helping" />{word("console.care_hold")}</p>}
      {station.passed.has(item.id) && <p class="quiet">{word("console.passed_about")}</p>}
      <div class="six">
        {six.map(({ name, letter, act }) => (
          <button class={`button six__act ${name === "worry" ? "button--worried" : ""}`} type="button" key={name} aria-disabled={name === "mute" && item.care} onClick={act}>
            {word(`console.act_${name}`)}
            {keysOn() && <kbd class="key" aria-hidden="true">{letter}</kbd>}
          </button>
        ))}
      </div>
    </article>
  );
}

interface Act {
  name: string;
  letter: string;
  act: () => void;
}

function useSix(item: Item, next: () => void): readonly Act[] {
  const station = useStation();
  const open = useContext(DialogContext);
  const held = item.kind === "hold";
  const done = (act: string): void => station.set({ said: wordIfAny(`console.done_${act}`, { handle: item.about.handle }) ?? "" });
  const allow = async (): Promise<void> => {
    const outcome = await acts.decide(station, item, "allow");
    if (outcome === "done") done(held ? "allow" : "leave");
    else station.set({ said: outcomeWords(outcome) });
  };
  const [edit, refuse] = held ? (["edit", "refuse"] as const) : (["take_edit", "remove"] as const);
  return [
    { name: held ? "allow" : "leave", letter: "A", act: () => void allow() },
    { name: edit, letter: "E", act: () => open(<ReasonDialog item={item} decision="ask_edit" act={edit} done={done} />) },
    { name: refuse, letter: "R", act: () => open(<ReasonDialog item={item} decision="refuse" act={refuse} done={done} />) },
    { name: "mute", letter: "M", act: () => (item.care ? station.set({ said: word("console.mute_not_care") }) : open(<MuteDialog item={item} done={done} />)) },
    { name: "worry", letter: "W", act: () => open(<WorryDialog item={item} done={done} />) },
    { name: "pass", letter: "T", act: () => (next(), pass(station, item)) },
  ];
}

/** No reason, no cost: it goes to the end of this list, and whoever else is here may take it. */
function pass(station: Station, item: Item): void {
  station.set({ passed: new Set([...station.passed, item.id]), said: word("console.done_pass") });
}

function aboutWords(item: Item, time: number): string {
  const room = word("console.in_room", { room: roomName(item) });
  if (item.kind === "report") return `${room} ${counted("console.reported", item.about.times)}`;
  const { rule, due } = item.about;
  const promised = due > 0 && !item.care ? word(due > time ? "console.promised" : "console.promise_past", { time: clockTime(due, time) }) : "";
  return [room, rule && word("console.rule", { rule }), word("console.author_knows"), promised].filter(Boolean).join(" ");
}
