/** The bar: quick exit and help come first in the page and stand at its end, in every view and every failure. */
import type { ComponentChildren } from "preact";
import { Lamp } from "../drawings";
import { Icon } from "../icons";
import { page } from "../page";
import { leaveAtOnce } from "../quickexit";
import { openHelp } from "../route";
import { word } from "../words";
import { useChat, useStaff } from "./context";

export function Bar({ children }: { children?: ComponentChildren }) {
  const staff = useStaff();
  return (
    <header class="bar">
      <Acts />
      {children && <p class="bar__who">{children}</p>}
      <p class="bar__mark">
        <Lamp lit={staff !== null && staff.length > 0} />
        <span class="bar__name">{page.service}</span>
      </p>
    </header>
  );
}

function Acts() {
  const chat = useChat();
  const leave = (event: MouseEvent): void => {
    event.preventDefault();
    leaveAtOnce(() => chat.stop());
  };
  const help = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openHelp();
  };
  return (
    <div class="bar__acts">
      <a class="button button--exit" href={page.exit_url || "/goodbye"} onClick={leave} title={word("common.quick_exit_hint")}>
        <Icon name="log-out" />
        {word("common.quick_exit")}
      </a>
      <a class="button button--help" href="/help" onClick={help}>
        <Icon name="life-buoy" />
        {word("common.get_help")}
      </a>
    </div>
  );
}
