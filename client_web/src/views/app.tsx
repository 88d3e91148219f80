/** The whole page: the bar, the view that the address asks for, the one dialog, and what is said to screen readers. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Channel } from "../channel";
import type { Chat } from "../chat";
import { announceIn } from "../announce";
import { useDoors } from "../doors";
import { isOne } from "../mine";
import { page } from "../page";
import { usePlace, type Place, type Route } from "../route";
import type { State } from "../state";
import { learn, word } from "../words";
import { turnedAway } from "./banners";
import { Bar } from "./bar";
import { ChatContext, DialogContext, DoorsContext, useChat, useWide } from "./context";
import { DoorPage } from "./door";
import { toHeading } from "./focus";
import { HelpView } from "./help";
import { Lazy } from "./lazy";
import { Notice } from "./notice";
import { RoomPage } from "./room";
import { RoomsPage } from "./rooms";

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
  const inside = place.route.view === "thread" || channelOf(place.route, chat.state) !== undefined;
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
        {place.route.view !== "listener" && !place.help && chat.beside?.()}
        <View place={place} />
        {dialog}
        <div class="unseen" aria-live="polite" ref={(region) => announceIn("polite", region)} />
        <div class="unseen" aria-live="assertive" ref={(region) => announceIn("assertive", region)} />
      </DialogContext.Provider>
    </DoorsContext.Provider>
  );
}

const NOTHING = {};
const thread = () => Promise.all([import("./thread"), learn()]).then(([loaded]) => loaded.ThreadPage);
const listener = () => Promise.all([import("../listening/main"), learn()]).then(([loaded]) => loaded.ListenerPage);
const own = () => Promise.all([import("../own/main"), learn()]).then(([loaded]) => loaded.OwnPage);
const back = () => Promise.all([import("../own/main"), learn()]).then(([loaded]) => loaded.BackPage);
const console = () => import("../console/main").then((loaded) => loaded.Console);
const listeners = () => import("../listeners/main").then((loaded) => loaded.Listeners);

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
      return <Lazy key={route.ticket} load={thread} way="/rooms" given={route} />;
    case "listener":
      return <Lazy key="listener" load={listener} way="/" given={NOTHING} />;
    case "own":
      return <Lazy key="own" load={own} way="/kept" given={NOTHING} />;
    case "back":
      return <Lazy key="back" load={back} way="/back" given={NOTHING} />;
    case "console":
      return <Lazy key="console" load={console} way="/console" given={NOTHING} />;
    case "listeners":
    case "training":
      return <Lazy key="listeners" load={listeners} way="/listen" given={NOTHING} />;
    case "nowhere":
      return <Notice title={word("room.nowhere_title")} text={word("room.nowhere")} way="/" label={word("room.back_to_doors")} />;
  }
}

/** Over whatever was there; the room it was pressed in goes with the asking. */
function HelpPlace({ route }: { route: Route }) {
  const channel = channelOf(route, useChat().state)?.id ?? null;
  const back = route.view === "listener" ? "common.back" : channel ? "help.back_to_room" : "help.back_to_doors";
  return <HelpView channel={channel} back={word(back)} />;
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
  const handle = channelOf(route, useChat().state)?.handle;
  if (!handle) return null;
  return (
    <>
      {word("common.you_are")} <bdi class="name">{handle}</bdi>
    </>
  );
}

/** Where what is written in this view is said. */
function channelOf(route: Route, { channels }: State): Channel | undefined {
  if (route.view === "listener") return Object.values(channels).find(isOne);
  return route.view === "room" ? channels[`room:${route.id}`] : undefined;
}

/** A new view is announced by its heading; the first one is left as the browser has it. */
function useFocusOnArrival({ route, help }: Place): void {
  const first = useRef(true);
  const key = JSON.stringify(route) + String(help);
  useEffect(() => {
    if (first.current) first.current = false;
    else toHeading();
  }, [key]);
}
