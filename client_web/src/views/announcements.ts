/** Lets a screen reader hear what is new in the channel that is on screen. */
import { useEffect, useRef } from "preact/hooks";
import type { Channel } from "../channel";
import type { Outgoing } from "../outbox";
import { Reader } from "../reader";
import { useChat } from "./context";

export function useAnnouncements(channel: Channel, outgoing: readonly Outgoing[]): void {
  const { announcing } = useChat();
  const reader = useRef<Reader | null>(null);
  reader.current ??= new Reader();
  useEffect(() => reader.current?.entries(channel, announcing), [channel.log, announcing]);
  useEffect(() => reader.current?.fates(outgoing));
  useEffect(() => reader.current?.notice(channel.notice), [channel.notice]);
  useEffect(() => () => reader.current?.stop(), []);
}
