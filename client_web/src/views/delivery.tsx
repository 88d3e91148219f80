/** How far a message of mine has come, in one line under it: never more than is known. */
import type { Channel } from "../channel";
import { goesOut } from "../delivery";
import { Icon, type IconName } from "../icons";
import { isThread } from "../mine";
import type { Outgoing } from "../outbox";
import { word } from "../words";
import { useChat } from "./context";

export function Arrived({ channel }: { channel: Channel }) {
  return <Line icon="check" text={word(isThread(channel) ? "message.delivered" : "message.in_room")} />;
}

export function OnItsWay({ item }: { item: Outgoing }) {
  const chat = useChat();
  if (goesOut(chat.state)) return <Line text={word("message.sending")} />;
  const how = item.tried ? "unconfirmed" : navigator.onLine ? "waiting_ours" : "waiting";
  const keep = chat.keeps ? "" : ` ${word("message.keep_open")}`;
  return <Line icon={item.tried ? "hourglass" : "cloud-off"} text={word(`message.${how}`) + keep} />;
}

function Line({ icon, text }: { icon?: IconName; text: string }) {
  return (
    <p class="message__state">
      {icon && <Icon name={icon} />}
      <span>{text}</span>
    </p>
  );
}
