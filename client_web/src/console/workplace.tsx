/** The desk on screen: three columns where there is width, three tabs with counts in words where there is not. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useNow, useWholeWindow, useWide } from "../views/context";
import { counted, word } from "../words";
import { Decide, decideCount } from "./decide";
import { DutyBar } from "./duty-bar";
import { keyOf, useKeysInside } from "./keys";
import { LiveRoom } from "./live-room";
import { Needs, needsCount, type Count } from "./needs";
import { Rooms, roomsCount } from "./rooms-column";
import type { Tab } from "./station";
import { LazySupervising, useSupervising } from "./supervising";
import { undoNow, UndoBar } from "./undo-bar";
import { ThreadView } from "./thread-view";
import { useStation } from "./use-station";

const MINUTE_MS = 60_000;

export function Workplace() {
  const station = useStation();
  const wide = useWide();
  useHand();
  useWholeWindow();
  const box = useKeysInside<HTMLElement>((event) => {
    if (keyOf(event) === "z" && station.undo) void undoNow(station);
  });
  return (
    <main id="main" class="console" ref={box}>
      <h1 class="unseen" tabIndex={-1}>{word("console.heading")}</h1>
      <DutyBar />
      {wide ? <Columns /> : <Tabs />}
    </main>
  );
}

function Columns() {
  const { mayDecide } = useStation();
  return (
    <div class={`console__columns ${mayDecide ? "" : "console__columns--two"}`}>
      <Column name="needs"><Needs /></Column>
      <Column name="decide"><Middle /></Column>
      <Column name="rooms"><Rooms /></Column>
    </div>
  );
}

function Column({ name, children }: { name: Tab; children: ComponentChildren }) {
  return (
    <section class={`console__column console__column--${name}`} aria-label={word(`console.tab_${name}`)}>
      {children}
    </section>
  );
}

/** Where one works: a private talk, a room, or what is to be decided. */
function Middle() {
  const { work } = useStation();
  switch (work.is) {
    case "supervise":
    case "reading":
    case "ask":
      return (
        <>
          {work.is === "supervise" && <Switcher />}
          <LazySupervising />
        </>
      );
    case "thread":
      return <ThreadView key={work.ticket} ticket={work.ticket} />;
    case "room":
      return <LiveRoom key={work.channel} channel={work.channel} />;
    case "decide":
      return <ToDecide />;
  }
}

function ToDecide() {
  const { mayDecide, isSupervisor } = useStation();
  return (
    <>
      {isSupervisor && <Switcher />}
      {mayDecide ? <Decide /> : <p class="console__empty">{word("console.decide_not_yours")}</p>}
      <UndoBar />
    </>
  );
}

/** A supervisor's two places of work, where three columns leave one for both. */
function Switcher() {
  const station = useStation();
  const { work } = station;
  return (
    <div class="acts console__switcher" role="group" aria-label={word("supervising.switch")}>
      <button class="button" type="button" aria-pressed={work.is === "decide"} onClick={() => station.set({ work: { is: "decide" } })}>
        {word("console.tab_decide")}
      </button>
      <button class="button" type="button" aria-pressed={work.is === "supervise"} onClick={() => station.set({ work: { is: "supervise" } })}>
        {superviseWords(useSupervising().waiting)}
      </button>
    </div>
  );
}

function superviseWords(waiting: number): string {
  return waiting > 0 ? counted("supervising.tab_waiting", waiting) : word("supervising.tab");
}

const TABS: readonly Tab[] = ["needs", "decide", "rooms"];
const SUPERVISORS_TABS: readonly Tab[] = [...TABS, "supervise"];

function Tabs() {
  const station = useStation();
  const tabs = station.isSupervisor ? SUPERVISORS_TABS : TABS;
  const turn = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(tabs.indexOf(station.tab) + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    station.set({ tab: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <>
      <div class={`console__tabs ${station.isSupervisor ? "console__tabs--four" : ""}`} role="tablist" tabIndex={-1} aria-label={word("console.heading")} onKeyDown={turn}>
        {tabs.map((tab) => (
          <TabButton key={tab} tab={tab} />
        ))}
      </div>
      <section class={`console__column console__column--${station.tab}`} id="panel" role="tabpanel" aria-labelledby={`tab-${station.tab}`}>
        <Panel tab={station.tab} />
      </section>
    </>
  );
}

function Panel({ tab }: { tab: Tab }) {
  const { work, mayDecide } = useStation();
  if (tab === "needs" && work.is === "thread") return <ThreadView key={work.ticket} ticket={work.ticket} />;
  if (tab === "supervise") return <LazySupervising />;
  if (tab === "rooms" && work.is === "room") return <LiveRoom key={work.channel} channel={work.channel} />;
  return (
    <>
      {tab === "needs" && <Needs />}
      {tab === "rooms" && <Rooms />}
      {tab === "decide" && (mayDecide ? <Decide /> : <p class="console__empty">{word("console.decide_not_yours")}</p>)}
      <UndoBar />
    </>
  );
}

function TabButton({ tab }: { tab: Tab }) {
  const station = useStation();
  const time = useNow(MINUTE_MS);
  const { waiting } = useSupervising();
  const { text, alert } = tab === "supervise" ? superviseCount(waiting) : { needs: needsCount, decide: decideCount, rooms: roomsCount }[tab](station, time);
  const current = station.tab === tab;
  return (
    <button
      class="console__tab"
      type="button"
      role="tab"
      id={`tab-${tab}`}
      aria-selected={current}
      aria-controls="panel"
      tabIndex={current ? 0 : -1}
      onClick={() => station.set({ tab })}
    >
      <span>{word(tab === "supervise" ? "supervising.tab" : `console.tab_${tab}`)}</span>
      <span class={`console__count ${alert ? "console__count--alert" : ""}`}>{text}</span>
    </button>
  );
}

function superviseCount(waiting: number): Count {
  return { text: waiting > 0 ? counted("console.count_open", waiting) : word("console.count_none"), alert: waiting > 0 };
}

/** Any touch of this page is a hand on the console. */
function useHand(): void {
  const station = useStation();
  useEffect(() => {
    const touched = (): void => station.touch();
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [station]);
}
