/** The live truth in words: how many people, who of the team; never more than we know. */
import { counted, word } from "../words";

/** "14 people, 1 moderator here", "14 people. Nobody from our team is here." or that we can't tell. */
export function truth(people: number | null, staff: readonly string[] | null): string {
  if (people === null || staff === null) return word("room.unknown");
  const crowd = people === 0 ? word("room.people_none") : counted("room.people", people);
  return word(staff.length > 0 ? "room.truth" : "room.truth_nobody", {
    people: crowd,
    staff: counted("room.moderators", staff.length),
  });
}
