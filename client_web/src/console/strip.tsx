/** One line above the columns: duty, and what everyone at the desk must know. */
import { Lamp } from "../drawings";
import { Icon } from "../icons";

interface StripProps {
  kind: "on" | "off" | "off duty--needed" | "wait";
  lit?: boolean;
  icon?: "cloud-off" | "hourglass" | "info";
  children: preact.ComponentChildren;
}

export function Strip({ kind, lit = false, icon, children }: StripProps) {
  return (
    <div class={`duty duty--${kind}`}>
      {icon ? <Icon name={icon} /> : <Lamp lit={lit} />}
      {children}
    </div>
  );
}
