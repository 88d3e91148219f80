/** Whom I have blocked, by the names they had then, and the way back. */
import { useEffect, useState } from "preact/hooks";
import { roomOf } from "../page";
import type { BlockItem } from "../protocol";
import { useChat } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { after } from "../views/focus";
import { word } from "../words";

export function BlocksDialog() {
  const chat = useChat();
  const close = useClose();
  const [blocks, setBlocks] = useState<readonly BlockItem[] | null>(null);
  const [unknown, setUnknown] = useState(false);
  const look = async (): Promise<void> => {
    const list = await chat.ask({ type: "blocks" });
    setUnknown(list?.type !== "block_list");
    if (list?.type === "block_list") setBlocks(list.blocks);
  };
  const end = async (block: string): Promise<void> => {
    await chat.ask({ type: "unblock", block });
    await look();
    after(".dialog h2");
  };
  useEffect(() => void look(), []);
  return (
    <Dialog title={word("later.blocks_list")}>
      {unknown && <p role="status">{word("later.blocks_unknown")}</p>}
      {blocks?.length === 0 && <p role="status">{word("later.blocks_none")}</p>}
      <ul class="presence__list">
        {blocks?.map((block) => (
          <li key={block.block}>
            <bdi class="name">{block.handle}</bdi>
            <span class="quiet">{where(block)}</span>
            <button class="button" type="button" aria-label={word("later.blocks_end_of", { handle: block.handle })} onClick={() => void end(block.block)}>
              {word("later.blocks_end")}
            </button>
          </li>
        ))}
      </ul>
      <div class="acts">
        <button class="button button--act" type="button" onClick={close}>{word("common.close")}</button>
      </div>
    </Dialog>
  );
}

function where({ channel, scope }: BlockItem): string {
  if (scope === "everywhere") return word("later.blocks_everywhere");
  if (channel.startsWith("one:")) return word("later.blocks_listener");
  const id = channel.replace(/^room:/, "");
  return word("later.blocks_where", { room: roomOf(id)?.name ?? id });
}
