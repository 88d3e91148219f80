/** Who is here: staff first with the lamp, then me, then handles by alphabet. No last seen, no idle, no order by activity. */
import type { Channel } from "../channel";
import { Lamp } from "../drawings";
import { counted, word } from "../words";
import { bannered } from "./banners";
import { useChat, useStaff } from "./context";

export function Presence({ channel }: { channel: Channel }) {
  const { here, handle } = channel;
  const onDuty = useStaff();
  const { link, away } = useChat().state;
  if (!here || away.includes("store") || bannered(link)) return null; // who was here then is not who is here
  const others = here.handles.filter((each) => each !== handle && !here.staff.includes(each));
  const meHere = !here.staff.includes(handle);
  const named = others.length + (meHere ? 1 : 0);
  const people = here.people || here.staff.length; // as the room's head counts them: the team is named, not counted
  return (
    <section class="presence" aria-labelledby="here">
      <h2 id="here" class="presence__title">{counted(named < here.people ? "room.about_people" : "room.here", people)}</h2>
      <ul class="presence__list">
        {here.staff.map((name) => (
          <li key={`staff-${name}`}>
            <Lamp lit={onDuty?.includes(name) ?? false} />
            <bdi>{name === handle ? word("room.me", { handle }) : name}</bdi>
            <span class="unseen">{word("room.staff")}</span>
          </li>
        ))}
        {meHere && (
          <li>
            <bdi>{word("room.me", { handle })}</bdi>
          </li>
        )}
        {others.map((each) => (
          <li key={each}>
            <bdi>{each}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
