/** The whole page: the bar, the view that the address asks for, the one dialog, and what is said to screen readers. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { announceIn } from "../announce";
import { useDoors } from "../doors";
import { page } from "../page";
import { usePlace, type Place, type Route } from "../route";
import { word } from "../words";
import { turnedAway } from "./banners";
import { Bar } from "./bar";
import { ChatContext, DialogContext, DoorsContext, useChat, useWide } from "./context";
import { ConsolePage, ListenersPage } from "./console-door";
import { DoorPage } from "./door";
import { HelpView } from "./help";
import { Notice } from "./notice";
import { RoomPage } from "./room";
import { RoomsPage } from "./rooms";
import { ThreadPage } from "./thread";

export function App({ chat }: { chat: Chat }) {
  return (
    <ChatContext.Provider value={chat}>
      <Whole />
    </ChatContext.Provider>
  );
}

function Whole() {
  const place = usePlace();
  const chat = useChat();
  const [dialog, setDialog] = useState<ComponentChildren>(null);
  const inside = place.route.view === "thread" || (place.route.view === "room" && chat.state.channels[`room:${place.route.id}`] !== undefined);
  const { link } = chat.state;
  const doors = useDoors(useWide() || !inside || link.is === "stopped" || turnedAway(link), () => chat.hurry());
  useFocusOnArrival(place);
  useEffect(() => setDialog(null), [place.route.view, place.help]);
  return (
    <DoorsContext.Provider value={doors}>
      <DialogContext.Provider value={setDialog}>
        <Bar>
          <Who route={place.route} />
        </Bar>
        <View place={place} />
        {dialog}
        <div class="unseen" aria-live="polite" ref={(region) => announceIn("polite", region)} />
        <div class="unseen" aria-live="assertive" ref={(region) => announceIn("assertive", region)} />
      </DialogContext.Provider>
    </DoorsContext.Provider>
  );
}

function View({ place }: { place: Place }) {
  const { route } = place;
  if (place.help) return <main id="main"><HelpPlace route={route} /></main>;
  switch (route.view) {
    case "doors":
      return <Plain><DoorPage /></Plain>;
    case "rooms":
      return <Plain><RoomsPage /></Plain>;
    case "room":
      return <RoomPage key={route.id} id={route.id} />;
    case "thread":
      return <ThreadPage key={route.ticket} ticket={route.ticket} />;
    case "console":
      return <ConsolePage />;
    case "listeners":
      return <ListenersPage />;
    case "nowhere":
      return <Notice title={word("room.nowhere_title")} text={word("room.nowhere")} way="/" label={word("room.back_to_doors")} />;
  }
}

/** Over whatever was there; the room it was pressed in goes with the asking. */
function HelpPlace({ route }: { route: Route }) {
  const { channels } = useChat().state;
  const channel = route.view === "room" && channels[`room:${route.id}`] ? `room:${route.id}` : null;
  return <HelpView channel={channel} back={word(channel ? "help.back_to_room" : "help.back_to_doors")} />;
}

function Plain({ children }: { children: ComponentChildren }) {
  return (
    <main id="main">
      {page.demo && <p class="demo">{word("common.demo")}</p>}
      {children}
    </main>
  );
}

function Who({ route }: { route: Route }) {
  const { channels } = useChat().state;
  const handle = route.view === "room" && channels[`room:${route.id}`]?.handle;
  if (!handle) return null;
  return (
    <>
      {word("common.you_are")} <bdi class="name">{handle}</bdi>
    </>
  );
}

/** A new view is announced by its heading; the first one is left as the browser has it. */
function useFocusOnArrival({ route, help }: Place): void {
  const first = useRef(true);
  const key = JSON.stringify(route) + String(help);
  useEffect(() => {
    if (first.current) first.current = false;
    else {
      document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [key]);
}
