/** The one chair of this page, and how a view follows it. */
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { useChat } from "../views/context";
import { Chair } from "./chair";

const chairs = new WeakMap<Chat, Chair>();

/** Made once: it outlives its view, which makes room for help and comes back. */
function chairOf(chat: Chat): Chair {
  const chair = chairs.get(chat) ?? new Chair(chat);
  chairs.set(chat, chair);
  return chair;
}

/** The view is drawn again whenever the standing or the chat has changed. */
export function useChair(): Chair {
  const chair = chairOf(useChat());
  const [, drawAgain] = useState({});
  useEffect(() => chair.watch(() => drawAgain({})), [chair]);
  return chair;
}
