/** Light, dark, or as the device says. */
import { useState } from "preact/hooks";
import { choose, theme, type Theme } from "../theme";
import { word } from "../words";

const CHOICES: readonly [Theme, string][] = [
  ["device", "common.theme_auto"],
  ["light", "common.theme_light"],
  ["dark", "common.theme_dark"],
];

export function ThemeChoice() {
  const [chosen, setChosen] = useState(theme);
  const pick = (choice: Theme): void => {
    choose(choice);
    setChosen(choice);
  };
  return (
    <fieldset class="themes">
      <legend class="unseen">{word("common.theme")}</legend>
      {CHOICES.map(([choice, key]) => (
        <label class="themes__choice" key={choice}>
          <input type="radio" name="theme" checked={chosen === choice} onChange={() => pick(choice)} />
          {word(key)}
        </label>
      ))}
    </fieldset>
  );
}
