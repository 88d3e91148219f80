/** Someone was blocked: what that means, a way back, and everywhere only with its plain warning. */
import { useState } from "preact/hooks";
import type { Event } from "../protocol";
import { useChat } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { after } from "../views/focus";
import { word } from "../words";

type Stands = "here" | "everywhere" | "undone" | "failed" | "limit";

interface BlockDialogProps {
  handle: string;
  channel: string;
  seq: number;
  answer: Event | null;
}

export function BlockDialog({ handle, channel, seq, answer }: BlockDialogProps) {
  const chat = useChat();
  const [stands, setStands] = useState<Stands>(read(answer, "here"));
  const everywhere = async (): Promise<void> => setStands(read(await chat.block(channel, seq, "everywhere"), "everywhere"));
  const undo = async (): Promise<void> => setStands((await undone(chat, channel, handle)) ? "undone" : stands);
  if (stands === "failed" || stands === "limit")
    return <Told title={word("later.block_failed_title")} text={word(stands === "limit" ? "later.block_limit" : "later.block_failed", { handle })} />;
  if (stands === "undone") return <Told title={word("later.block_undone", { handle })} />;
  if (stands === "everywhere")
    return <Told title={word("later.block_everywhere_done", { handle })} text={word("later.block_end")} />;
  return (
    <Dialog title={word("later.block_done", { handle })}>
      <p role="status">{word("later.block_about")}</p>
      <p>{word("later.block_end")}</p>
      <h3>{word("later.block_everywhere_lead")}</h3>
      <p>{word("later.block_everywhere_warning")}</p>
      <div class="acts">
        <Close />
        <button class="button" type="button" onClick={() => void undo()}>{word("later.block_undo")}</button>
        <button class="button" type="button" onClick={() => void everywhere()}>{word("later.block_everywhere")}</button>
      </div>
    </Dialog>
  );
}

function Told({ title, text = "" }: { title: string; text?: string }) {
  return (
    <Dialog title={title} key={title}>
      {text && <p role="status">{text}</p>}
      <div class="acts"><Close /></div>
    </Dialog>
  );
}

function Close() {
  const close = useClose();
  const leave = (): void => {
    close();
    after(".log"); // the message from which this came is gone
  };
  return <button class="button button--act" type="button" onClick={leave}>{word("common.close")}</button>;
}

function read(answer: Event | null, done: Stands): Stands {
  if (answer?.type === "done") return done;
  return answer?.type === "refused" && (answer.code === "limit" || answer.code === "rate") ? "limit" : "failed";
}

/** The newest block of that name in this room. */
async function undone(chat: ReturnType<typeof useChat>, channel: string, handle: string): Promise<boolean> {
  const list = await chat.ask({ type: "blocks" });
  const made = list?.type === "block_list" ? list.blocks.findLast((each) => each.channel === channel && each.handle === handle) : undefined;
  return made !== undefined && (await chat.ask({ type: "unblock", block: made.block }))?.type === "done";
}
