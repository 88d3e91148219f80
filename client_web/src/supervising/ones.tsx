/** Every one-to-one that goes on, most pressing first, and who listens; never a word of anyone's, never a peer's name. */
import { useState } from "preact/hooks";
import { threadOf } from "../ask";
import { now } from "../clock";
import { run } from "../console/acts";
import { age } from "../console/ages";
import { Icon } from "../icons";
import { UrgencyTag } from "../console/ticket-card";
import type { ListenerRow, OneRow } from "../protocol";
import { topicName } from "../topics";
import { clockTime, counted, word } from "../words";
import { outcomeWords } from "./parts";
import type { Supervision } from "./supervision";

const AT_ONCE = [1, 2, 3] as const;

export function Ones({ supervision, ones }: { supervision: Supervision; ones: readonly OneRow[] }) {
  const { station } = supervision;
  if (ones.length === 0) return <p class="console__empty">{word("supervising.ones_none")}</p>;
  return (
    <ul class="console__list">
      {ones.map((one) => (
        <li key={one.channel} class="item">
          <p class="item__head">
            <strong class="item__who">{one.name}</strong>
            {one.urgency && <UrgencyTag urgency={one.urgency} />}
            {one.to_watch && <span class="tag">{word("supervising.to_watch")}</span>}
          </p>
          <p class="item__about">{aboutWords(one)}</p>
          <div class="acts">
            <button
              class="button"
              type="button"
              aria-label={word("supervising.read_of", { name: one.name })}
              onClick={() => station.set({ work: { is: "reading", channel: one.channel }, tab: "supervise" })}
            >
              {word("supervising.read")}
            </button>
            <button
              class="button"
              type="button"
              onClick={() => station.set({ work: { is: "ask", channel: threadOf(one.channel) }, tab: "supervise" })}
            >
              {word("supervising.write_to", { name: one.name })}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function aboutWords(one: OneRow): string {
  const quiet = one.quiet_ms < 60_000 ? word("supervising.lively") : word(`supervising.quiet_${one.owes}`, { age: age(one.quiet_ms) });
  const parts = [
    one.topic && topicName(one.topic) + ".",
    word("supervising.since", { time: clockTime(one.since, now()) }),
    quiet,
    one.ask > 0 && word("supervising.asking"),
    one.passing && word("supervising.passing"),
    one.to_watch && word("supervising.to_watch_about"),
  ];
  return parts.filter(Boolean).join(" ");
}

export function TeamOfListeners({ supervision, listeners }: { supervision: Supervision; listeners: readonly ListenerRow[] }) {
  if (listeners.length === 0) return <p class="console__empty">{word("supervising.listeners_none")}</p>;
  return (
    <ul class="console__list">
      {listeners.map((each) => <OneListener key={each.name} listener={each} supervision={supervision} />)}
    </ul>
  );
}

function OneListener({ listener, supervision }: { listener: ListenerRow; supervision: Supervision }) {
  const { chat } = supervision.station;
  const [said, say] = useState("");
  const does = async (command: Parameters<typeof run>[1], done: string): Promise<void> => {
    const outcome = await run(chat, command);
    say(outcome === "done" ? done : outcomeWords(outcome));
    void supervision.look();
  };
  const { name, at_once: atOnce } = listener;
  return (
    <li class="item">
      <p class="item__head">
        <strong class="item__who">{name}</strong>
        <span class="tag">{word(`supervising.state_${listener.state}`)}</span>
      </p>
      <p class="item__about">
        {[counted("supervising.today", listener.today, { of: listener.of }), listener.lifted_until > 0 && word("supervising.lifted", { time: clockTime(listener.lifted_until, now()) })].filter(Boolean).join(" ")}
      </p>
      <details class="fold">
        <summary>
          <Icon name="chevron-right" />
          {word("supervising.limits_of", { name })}
        </summary>
        <div class="fold__inside">
          <p class="quiet">{word("supervising.at_once_about")}</p>
          <div class="acts" role="group" aria-label={word("supervising.at_once")}>
            {AT_ONCE.map((many) => (
              <button key={many} class="button" type="button" aria-pressed={many === atOnce}
                onClick={() => void does({ type: "set_at_once", name, at_once: many }, word("supervising.at_once_set", { name }))}>
                {counted("supervising.many", many)}
              </button>
            ))}
          </div>
          <p class="quiet">{word("supervising.lift_about")}</p>
          <div class="acts">
            <button class="button" type="button" onClick={() => void does({ type: "lift_limit", name }, word("supervising.lift_asked"))}>
              {word("supervising.lift")}
            </button>
          </div>
        </div>
      </details>
      <p class="quiet" role="status">{said}</p>
    </li>
  );
}
