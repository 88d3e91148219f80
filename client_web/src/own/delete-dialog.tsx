/** One question before a message of one's own is taken away for good. */
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import type { Message } from "../log";
import { useChat } from "../views/context";
import { Dialog, useClose } from "../views/dialog";
import { after } from "../views/focus";
import { word } from "../words";

export function DeleteDialog({ message, channel }: { message: Message; channel: string }) {
  const chat = useChat();
  const close = useClose();
  const [failed, setFailed] = useState(false);
  const take = async (): Promise<void> => {
    const reply = await chat.ask({ type: "delete_mine", channel, seq: message.by });
    if (reply?.type !== "done") return setFailed(true);
    close();
    after(".log"); // the message from which this came is gone
  };
  return (
    <Dialog title={word("own.delete_title")}>
      <p>{word("own.delete_about")}</p>
      {failed && <p class="field__fault" role="alert"><Icon name="circle-alert" />{word("own.delete_failed")}</p>}
      <div class="acts">
        <button class="button button--act" type="button" onClick={close}>{word("own.delete_not")}</button>
        <button class="button" type="button" onClick={() => void take()}>{word("own.delete")}</button>
      </div>
    </Dialog>
  );
}
