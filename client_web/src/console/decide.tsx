/** Decide: held messages and reports, care first and then the oldest; the one that is open stays put when others arrive. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useNow } from "../views/context";
import { counted, word, wordIfAny } from "../words";
import { age } from "./ages";
import { DecideCard } from "./decide-card";
import { ItemTag, roomName } from "./item-tag";
import { cause, toDecide, type Item } from "./items";
import { useKeys } from "./keys";
import type { Count } from "./needs";
import type { Station } from "./station";
import { useStation } from "./use-station";

const AGE_MS = 15_000;

export function decideCount({ desk, passed, isCurrent }: Station, time: number): Count {
  const items = toDecide(desk, passed);
  const oldest = Math.min(...items.map((item) => item.about.since));
  if (!isCurrent) return { text: word("console.unknown"), alert: false };
  if (items.length === 0) return { text: word("console.count_none"), alert: false };
  return { text: counted("console.count_waiting", items.length, { age: age(time - oldest) }), alert: false };
}

export function Decide() {
  const station = useStation();
  const time = useNow(AGE_MS);
  const items = toDecide(station.desk, station.passed);
  const { current, choose } = useCurrent(items, (id) => {
    const by = station.endedBy.get(id);
    if (by !== undefined) station.set({ said: by ? word("console.decided_by", { name: by }) : word("console.withdrawn") });
  });
  const others = items.filter((item) => item !== current);
  const box = useFollowedFocus(current?.id);
  return (
    <>
      <header class="console__head">
        <h2 id="decide" tabIndex={-1}>{word("console.tab_decide")}</h2>
        <span class="console__count">{decideCount(station, time).text}</span>
      </header>
      <p class="console__told" role="status">{station.said}</p>
      {!current && <p class="console__empty">{word(station.isCurrent ? "console.decide_none" : "console.unknown_desk")}</p>}
      {current && (
        <div class="decide" ref={box}>
          <DecideCard key={current.id} item={current} time={time} next={() => others[0] && choose(others[0].id)} />
          <Others items={others} time={time} choose={choose} />
          <KeysSwitch />
        </div>
      )}
    </>
  );
}

function Others({ items, time, choose }: { items: readonly Item[]; time: number; choose: (id: string) => void }) {
  const { passed } = useStation();
  if (items.length === 0) return null;
  return (
    <ul class="rows">
      {items.map((item) => (
        <li key={item.id}>
          <button class="rows__row" type="button" onClick={() => choose(item.id)}>
            <ItemTag item={item} />
            <span class="rows__words">
              <span>{wordIfAny(`console.why_${cause(item)}`) ?? word("console.why_other")}</span>
              <span class="quiet">{[roomName(item), passed.has(item.id) && word("console.passed")].filter(Boolean).join(". ")}</span>
            </span>
            <span class="rows__age">{age(time - item.about.since)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function KeysSwitch() {
  const [on, turn] = useKeys();
  return (
    <label class="console__switch">
      <input type="checkbox" checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
      {word("console.keys")}
    </label>
  );
}

/** `gone`: what was open here is no longer on the desk. */
function useCurrent(items: readonly Item[], gone: (id: string) => void): { current: Item | undefined; choose: (id: string) => void } {
  const [chosen, choose] = useState<string | null>(null);
  const current = items.find((item) => item.id === chosen) ?? items[0];
  useEffect(() => {
    if (chosen !== null && !items.some((item) => item.id === chosen)) gone(chosen);
    choose(current?.id ?? null);
  }, [current?.id]);
  return { current, choose };
}


/** Whoever decides by keyboard goes on with the next one, or with the heading after the last; nobody else's focus is moved. */
function useFollowedFocus(id: string | undefined): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement | null>(null);
  const first = useRef(true);
  useEffect(() => {
    const lost = document.activeElement === document.body || box.current?.contains(document.activeElement);
    const next = box.current?.querySelector<HTMLElement>(".item") ?? document.querySelector<HTMLElement>("#decide");
    if (!first.current && lost) next?.focus({ preventScroll: id === undefined });
    first.current = false;
  }, [id]);
  return box;
}
