/** Begins: the page's static parts give way to the live ones, and a reload goes on where it was. */
import { render } from "preact";
import { Chat } from "./chat";
import { isKept, LISTENER } from "./keeping";
import { keepPages } from "./offline";
import { leaveAtOnce, leaveToo, watchForExit } from "./quickexit";
import { watchLinks } from "./route";
import { App } from "./views/app";

const chat = new Chat();
const stop = (): void => chat.stop();
watchForExit(
  () => leaveAtOnce(stop),
  () => leaveToo(stop),
);
watchLinks();
for (const turn of ["online", "offline"]) window.addEventListener(turn, () => chat.hurry());
document.addEventListener("visibilitychange", () => document.hidden || chat.hurry());

const root = document.getElementById("app");
if (root) {
  root.replaceChildren();
  render(<App chat={chat} />, root);
}
for (const channel of chat.rooms) chat.enter(channel);
if (isKept(LISTENER)) void import("./listening/beside").then(({ attend }) => attend(chat));
if (chat.state.help?.is === "sending") void chat.open();
chat.watch(() => {
  const { link, me } = chat.state;
  if (link.is === "stopped" && link.why === "signed_out" && me?.role === "peer") leaveToo(stop);
});
keepPages();
