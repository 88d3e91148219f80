/** The practice room: a script, shown as one in every line. What one writes here stays on this page, and goes with it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Choices } from "../console/choices";
import { Fault } from "../console/fault";
import { Icon } from "../icons";
import type { Move, PracticeLine, PracticeTalk, PracticeTurn } from "../protocol";
import { after } from "../views/focus";
import { word } from "../words";
import { About } from "./about";
import type { Failure, Going } from "./use-course";

/** A move that was made, in the listener's words or the script's, and what came of it; the first turn has none. */
interface Made {
  move: Move | null;
  said: string;
  turn: PracticeTurn;
}

interface PracticeViewProps {
  practice: PracticeTalk;
  going: Going;
  leave: () => void;
}

export function PracticeView({ practice, going, leave }: PracticeViewProps) {
  const [made, setMade] = useState<readonly Made[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = made[made.length - 1]?.turn;
  const over = turn?.over === true;
  const make = async (move: Move | null, said: string, before = made): Promise<boolean> => {
    const moves = [...before.flatMap((each) => each.move?.id ?? []), ...(move ? [move.id] : [])];
    const reply = await going.move(practice.id, moves);
    setFailure(typeof reply === "string" ? reply : null);
    if (typeof reply === "string") return false;
    setMade([...before, { move, said, turn: reply }]);
    return true;
  };
  useEffect(() => void make(null, ""), []);
  useEffect(() => void (over && after(".training__over h2")), [over]);
  return (
    <>
      <button class="button button--quiet page__back" type="button" onClick={leave}>
        <Icon name="arrow-left" />
        {word(over ? "training.back" : "training.leave")}
      </button>
      <h1 tabIndex={-1}>{practice.title}</h1>
      <p>{practice.about}</p>
      <p class="training__label"><Icon name="info" />{word("training.label")}</p>
      <div role="log" aria-label={word("training.log")}>
        <ol class="training__log">
          {made.map((each, place) => <MadeRow key={place} made={each} newest={place > 0 && place === made.length - 1} />)}
        </ol>
      </div>
      {failure !== null && <Fault text={word(`training.${failure}`)} />}
      {turn && !over && <Reply moves={turn.moves} make={make} />}
      {made.length === 0 && failure !== null && (
        <div class="acts"><button class="button" type="button" onClick={() => void make(null, "")}>{word("session.again")}</button></div>
      )}
      {over && (
        <section class="panel training__over" aria-labelledby="over">
          <h2 id="over" tabIndex={-1}>{word("training.over")}</h2>
          <p>{word("training.over_about")}</p>
          <div class="acts">
            <button class="button button--act" type="button" onClick={leave}>{word("training.back")}</button>
            <button class="button" type="button" onClick={() => void make(null, "", [])}>{word("training.once_more")}</button>
          </div>
        </section>
      )}
    </>
  );
}

function MadeRow({ made: { move, said, turn }, newest }: { made: Made; newest: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => void (newest && row.current?.scrollIntoView({ block: "start" })), []);
  return (
    <li class="training__turn" ref={row}>
      {move && (
        <div class="message message--mine">
          <p class="message__head">
            <span class="message__handle">{word("message.you")}</span>
            {move.act !== "say" && <span class="tag">{word(`training.act_${move.act}`)}</span>}
          </p>
          <p class="message__text" dir="auto">{said}</p>
        </div>
      )}
      {move && <About helps={turn.helps} lead={word(turn.helps ? "training.helps" : "training.another_way")} text={turn.about} />}
      {turn.lines.map((line) => <PartnerLine key={line.text} line={line} />)}
    </li>
  );
}

/** Named by the voice that came with it: nothing here is a person. */
function PartnerLine({ line: { voice, text } }: { line: PracticeLine }) {
  return (
    <div class="message message--automatic">
      <p class="message__head">
        <span class="message__handle">{word(`training.voice_${voice}`)}</span>
        <span class="tag">{word("training.script")}</span>
      </p>
      <p class="message__text" dir="auto">{text}</p>
    </div>
  );
}

/** What comes closest, and if one likes in one's own words; those are shown here and sent nowhere. */
function Reply({ moves, make }: { moves: readonly Move[]; make: (move: Move, said: string) => Promise<boolean> }) {
  const [chosen, choose] = useState<string | null>(null);
  const [own, setOwn] = useState("");
  const move = moves.find(({ id }) => id === chosen);
  const send = async (): Promise<void> => {
    if (!move || !(await make(move, own.trim() || move.words))) return;
    choose(null);
    setOwn("");
  };
  const label = (id: string): string => moves.find((each) => each.id === id)?.words ?? "";
  return (
    <form class="form training__reply" onSubmit={(event) => (event.preventDefault(), void send())}>
      <Choices name="move" legend={word("training.choose")} all={moves.map(({ id }) => id)} label={label} chosen={chosen} choose={choose} />
      <div class="field">
        <label for="own">{word("training.own")}</label>
        <p class="field__hint" id="own-hint">{word("training.own_about")}</p>
        <textarea class="input" id="own" rows={2} dir="auto" autocomplete="off" aria-describedby="own-hint" value={own} onInput={(event) => setOwn(event.currentTarget.value)} />
      </div>
      <div class="acts">
        <button class="button button--act" type="submit" aria-disabled={!move}>{word(!move || move.act === "say" ? "training.say" : "training.press")}</button>
      </div>
    </form>
  );
}
