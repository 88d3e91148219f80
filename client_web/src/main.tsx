/** Begins: the page's static parts give way to the live ones, and a reload goes on where it was. */
import { render } from "preact";
import { Chat } from "./chat";
import { isKept, LISTENER } from "./keeping";
import { keepPages } from "./offline";
import { leaveAtOnce, leaveToo, watchForExit } from "./quickexit";
import { watchLinks } from "./route";
import type { Event } from "./protocol";
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
chat.listen(([, event]) => void bring(event));
chat.watch(() => {
  const { link, me } = chat.state;
  if (link.is === "stopped" && link.why === "signed_out" && me?.role === "peer") leaveToo(stop);
});
keepPages();

/** Code that is rarely needed comes when it is called for: words of a report's end, and a thread, at hand before it is asked for. */
async function bring(event: Event): Promise<void> {
  try {
    if (event.type === "report_handled") await (await import("./own/main")).tell(event.outcome);
    if (["welcome", "ticket_taken"].includes(event.type) && chat.state.threads.length > 0) await import("./views/thread");
  } catch {
    // It comes with the next try, or with the view.
  }
}
