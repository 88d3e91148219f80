/** The talk itself: the listener's name and the time, what was said, and what is beside it. */
import { useState } from "preact/hooks";
import { CardPlace } from "../views/card-place";
import { useWholeWindow, useWide } from "../views/context";
import { Conversation } from "../views/conversation";
import { Head } from "../views/room-head";
import { useWatching } from "../views/room";
import { Side } from "../views/side";
import type { Channel } from "../channel";
import { word } from "../words";
import { useNotes } from "./notes";
import { Offers } from "./offers";
import type { Talk } from "./standing";
import { TalkHead } from "./talk-head";
import { TalkSide } from "./talk-side";
import { Tools } from "./tools";
import { useVisit } from "./use-visit";

export function TalkPage() {
  const visit = useVisit();
  const { talk } = visit.standing;
  const { channel } = visit;
  if (!talk || !channel)
    return (
      <main id="main" class="page page--text">
        <p class="quiet" role="status">{word("listening.opening")}</p>
      </main>
    );
  return <Inside talk={talk} channel={channel} />;
}

function Inside({ talk, channel }: { talk: Talk; channel: Channel }) {
  const [side, setSide] = useState(false);
  const wide = useWide();
  const notes = useNotes(talk);
  const { name } = talk.one;
  useWholeWindow();
  useWatching(channel.id);
  return (
    <main id="main" class={`room talk ${side && !wide ? "room--side" : ""}`}>
      {wide && (
        <div class="room__list talk__told">
          <TalkSide talk={talk} />
        </div>
      )}
      <section class="room__main" aria-label={word("listening.named", { name })}>
        <Head title={word("listening.named", { name })} open={side} toggle={() => setSide(!side)}>
          <TalkHead one={talk.one} />
        </Head>
        {(wide || !side) && (
          <Conversation channel={channel} card={!wide} other={name} notes={notes} offer={<Offers talk={talk} />} />
        )}
      </section>
      {(wide || side) && (
        <aside class="room__side" aria-label={word("listening.about")}>
          {wide && <CardPlace channel={channel.id} flow={false} />}
          {!wide && <TalkSide talk={talk} />}
          <Tools />
          <Side channel={channel} />
        </aside>
      )}
    </main>
  );
}
