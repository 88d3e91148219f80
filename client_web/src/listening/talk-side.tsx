/** Beside the talk: what was told before it, and what this person can do about it, goodbye last. */
import { useContext, useState } from "preact/hooks";
import { DialogContext } from "../views/context";
import { avoidName, topicName } from "../topics";
import { Dialog, useClose } from "../views/dialog";
import { listed, word } from "../words";
import { Shares } from "./shares";
import { SlowlyAct } from "./slowly";
import type { Talk } from "./standing";
import { useVisit } from "./use-visit";

export function TalkSide({ talk }: { talk: Talk }) {
  const open = useContext(DialogContext);
  const { name, handle } = talk.one;
  return (
    <div class="side talk__side">
      <section class="side__part" aria-labelledby="told">
        <h2 id="told" class="presence__title">{word("listening.told")}</h2>
        <Told talk={talk} />
        <p class="quiet">
          {word("listening.name_here")} <bdi class="name">{handle}</bdi>
        </p>
      </section>
      <Shares name={name} />
      <section class="side__part talk__acts">
        <SlowlyAct />
        <button class="button" type="button" onClick={() => open(<GoodbyeDialog name={name} />)}>{word("listening.goodbye")}</button>
      </section>
    </div>
  );
}

function Told({ talk: { one } }: { talk: Talk }) {
  const { topic, style, avoid } = one.wish;
  const said: readonly (readonly [string, string])[] = [
    ["topic", topic ? topicName(topic) : ""],
    ["style", style ? word(`listening.style_${style}`) : ""],
    ["avoid", listed(avoid.map(avoidName))],
  ];
  const known = said.filter(([, words]) => words);
  if (known.length === 0) return <p class="quiet">{word("listening.told_nothing")}</p>;
  return (
    <dl class="told">
      {known.map(([what, words]) => (
        <div key={what}>
          <dt>{word(`listening.told_${what}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One confirmation, because it ends it for two. */
function GoodbyeDialog({ name }: { name: string }) {
  const visit = useVisit();
  const close = useClose();
  const [late, setLate] = useState(false);
  const leave = async (apart: boolean): Promise<void> => {
    if (await visit.goodbye(apart)) close();
    else setLate(true);
  };
  return (
    <Dialog title={word("listening.goodbye_title", { name })}>
      <p>{word("listening.goodbye_about")}</p>
      {late && <p role="alert">{word("listening.goodbye_late")}</p>}
      <div class="acts">
        <button class="button button--act" type="button" onClick={close}>{word("listening.stay")}</button>
        <button class="button" type="button" onClick={() => void leave(false)}>{word("listening.goodbye")}</button>
        <button class="button" type="button" onClick={() => void leave(true)}>{word("listening.apart_end")}</button>
      </div>
    </Dialog>
  );
}
