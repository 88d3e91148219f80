/** What a listener makes of the answers to the questions: it suggests a route, and leaves this page for nobody. */
import type { Question, Urgency } from "../protocol";

export type Mark = "calm" | "worrying";
export type Marks = Readonly<Record<string, Mark | "asked">>;

const GRAVITY: Readonly<Record<Urgency, number>> = { concern: 1, serious: 2, imminent: 3 };

/** How soon someone should look, by the gravest that worries; null where nothing does. No sum, no score. */
export function suggested(questions: readonly Question[], marks: Marks): Urgency | null {
  const routes = questions.filter(({ id }) => marks[id] === "worrying").map(({ route }) => route);
  return routes.reduce<Urgency | null>((gravest, route) => (gravest === null || GRAVITY[route] > GRAVITY[gravest] ? route : gravest), null);
}
