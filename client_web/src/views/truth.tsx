/** The live truth in words: how many people, who of the team; never more than we know. */
import type { Behind } from "../doors";
import { counted, word } from "../words";

/** "14 people, 1 moderator on duty", "2 people, nobody from our team", or that we can't tell. */
export function truth(people: number | null, staff: readonly string[] | null): string {
  if (staff === null) return word("room.unknown");
  if (people === null) return staff.length > 0 ? counted("room.moderators", staff.length) : word("room.nobody_lead");
  if (staff.length === 0) return people === 0 ? word("room.truth_empty") : word("room.truth_nobody", { people: crowd(people) });
  return word("room.truth", { people: crowd(people), staff: counted("room.moderators", staff.length) });
}

export function crowd(people: number): string {
  return people === 0 ? word("room.people_none") : counted("room.people", people);
}

/** "2 listeners are free now", "1 listener on duty, with someone now. 3 people wait.", or that there is none. */
export function listeners({ listeners: on, free, waiting }: Behind): string {
  const duty = on === 0 ? word("door.listener_none") : free > 0 ? counted("door.listener_free", free) : counted("door.listener_busy", on);
  return waiting > 0 ? `${duty}. ${counted("door.listener_waiting", waiting)}.` : duty;
}
