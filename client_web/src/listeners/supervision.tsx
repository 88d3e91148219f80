/** Whom a listener can ask: said before anything begins, and beside every talk. */
import { Lamp } from "../drawings";
import { listed, word } from "../words";
import { useChair } from "./use-chair";

export function Supervision() {
  const { chat, name } = useChair();
  const others = chat.state.staff?.filter((each) => each !== name) ?? [];
  return (
    <section class="panel" aria-labelledby="supervision">
      <h2 id="supervision">{word("listener.supervision")}</h2>
      <p class="item__state">
        <Lamp lit={others.length > 0} />
        {others.length > 0 ? word("listener.supervised_by", { names: listed(others) }) : word("listener.supervised_by_nobody")}
      </p>
    </section>
  );
}
