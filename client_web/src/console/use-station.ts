/** The one station of this page, and how a view follows it. */
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { useChat } from "../views/context";
import { Station } from "./station";

const stations = new WeakMap<Chat, Station>();

/** Made once: it outlives its view, which makes room for help and comes back. */
function stationOf(chat: Chat): Station {
  const station = stations.get(chat) ?? new Station(chat);
  stations.set(chat, station);
  return station;
}

/** The view is drawn again whenever the desk, the shift or the chat has changed. */
export function useStation(): Station {
  const station = stationOf(useChat());
  const [, drawAgain] = useState({});
  useEffect(() => station.watch(() => drawAgain({})), [station]);
  return station;
}
