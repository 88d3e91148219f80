/** The one question at the door, by one tap, and what is so for someone under 18. */
import { page } from "../page";
import { openHelp } from "../route";
import type { Age } from "../session";
import { word } from "../words";
import { useChat } from "./context";
import { after } from "./focus";

export function mayEnter(age: Age | null): boolean {
  return age !== "minor" || page.under_18 === "open";
}

export function AgeQuestion({ answered }: { answered?: () => void }) {
  const chat = useChat();
  const answer = (age: Age): void => {
    chat.answerAge(age);
    answered?.();
    after("#under", "#main .doors a", "#main h1");
  };
  return (
    <section class="age" aria-labelledby="age">
      <h2 id="age" class="age__title">{word("door.age")}</h2>
      <p class="quiet">{word("door.age_why")}</p>
      <div class="acts age__acts">
        <button class="button" type="button" onClick={() => answer("adult")}>{word("door.age_adult")}</button>
        <button class="button" type="button" onClick={() => answer("minor")}>{word("door.age_minor")}</button>
      </div>
    </section>
  );
}

export function UnderAge() {
  return (
    <section class="age" aria-labelledby="under">
      <h2 id="under" class="age__title" tabIndex={-1}>{word("door.under_title")}</h2>
      <p>{word("door.under")}</p>
      <div class="acts">
        <button class="button button--act" type="button" onClick={openHelp}>{word("door.under_help")}</button>
      </div>
    </section>
  );
}
