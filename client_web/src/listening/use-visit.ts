/** The one visit of this page, and how a view follows it. */
import { useChat } from "../views/context";
import { visitOf, type Visit } from "./visit";

/** The view is drawn again whenever the visit or the chat has changed. */
export function useVisit(): Visit {
  return visitOf(useChat());
}
