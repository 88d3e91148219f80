/** A message with what stood around it: two lines before it at first, and ten around it when asked for. */
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { heard, EMPTY, type Entry, type Message } from "../log";
import { useChat } from "../views/context";
import { word } from "../words";
import type { Frame } from "../wire";
import type { Item } from "./items";

const AROUND = 10;
const AFTER = 4;
const AT_FIRST = 2;
const AGAIN_MS = 1_500;
const TRIES = 4;

export function Around({ item }: { item: Item }) {
  const [all, setAll] = useState(false);
  const around = useAround(item);
  const { handle, text, seq } = item.about;
  const itself = item.kind === "report" ? seq - 1 : seq; // a held message has no number: it stands after the room's top
  const before = around?.filter((each) => each.seq <= itself) ?? [];
  const after = around?.filter((each) => each.seq > seq) ?? [];
  return (
    <>
      <ol class="around">
        {(all ? before : before.slice(-AT_FIRST)).map((each) => (
          <Line key={each.seq} message={each} />
        ))}
        <li class={`around__itself ${item.kind === "hold" ? "around__itself--held" : ""}`} dir="auto">
          <bdi class="name">{handle}</bdi> <span class="around__text">{text}</span>
        </li>
        {all && after.map((each) => <Line key={each.seq} message={each} />)}
      </ol>
      {around !== null && around.length > 0 && (
        <button class="button button--quiet around__more" type="button" aria-expanded={all} onClick={() => setAll(!all)}>
          {word(all ? "console.around_less" : "console.around")}
        </button>
      )}
    </>
  );
}

function Line({ message }: { message: Message }) {
  return (
    <li dir="auto">
      <bdi class="name">{message.handle}</bdi> <span class="around__text">{message.text}</span>
    </li>
  );
}

/** Null until it has come. A report brings what stood around it when it was made. */
function useAround(item: Item): readonly Message[] | null {
  const chat = useChat();
  const [around, setAround] = useState<readonly Message[] | null>(null);
  useEffect(() => {
    let wanted = true;
    if (item.kind === "report") setAround(nearest(messages(item.about.context as unknown as readonly Frame[]), item.about.seq));
    else void ask(chat, item.about.channel, item.about.seq).then((frames) => wanted && setAround(messages(frames)));
    return () => void (wanted = false);
  }, [item.id]);
  return around;
}

async function ask(chat: Chat, channel: string, seq: number, tries = TRIES): Promise<readonly Frame[]> {
  const reply = await chat.ask({ type: "history", channel, before: seq + AFTER + 1, limit: AROUND });
  if (reply?.type === "page") return reply.frames as unknown as readonly Frame[];
  if (tries === 0) return [];
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  return ask(chat, channel, seq, tries - 1);
}

function messages(frames: readonly Frame[]): readonly Message[] {
  const log = frames.reduce(heard, EMPTY);
  return log.entries.filter((entry: Entry): entry is Message => entry.kind === "message");
}

function nearest(all: readonly Message[], seq: number): readonly Message[] {
  const before = all.filter((each) => each.seq < seq).slice(-(AROUND - AFTER));
  const after = all.filter((each) => each.seq > seq).slice(0, AFTER);
  return [...before, ...after];
}
