/** One of a few, by pointer, arrows, or where `keyed` by its number. */
import { useEffect } from "preact/hooks";
import { keysOn, useKeysInside } from "./keys";

interface ChoicesProps<T extends string> {
  name: string;
  legend: string;
  all: readonly T[];
  label: (each: T) => string;
  chosen: T | null;
  choose: (each: T) => void;
  /** Takes the focus when it appears, and the number keys. */
  keyed?: boolean;
  /** How many stand beside each other where there is width. */
  across?: 1 | 2 | 3;
}

export function Choices<T extends string>({ name, legend, all, label, chosen, choose, keyed = false, across = 1 }: ChoicesProps<T>) {
  const box = useKeysInside<HTMLFieldSetElement>((event) => {
    const place = Number(event.key) - 1;
    const each = all[place];
    if (!keyed || !keysOn() || each === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(each);
    box.current?.querySelectorAll("input")[place]?.focus();
  });
  useEffect(() => {
    if (!keyed) return;
    const first = box.current?.querySelector<HTMLInputElement>("input:checked") ?? box.current?.querySelector("input");
    const later = setTimeout(() => first?.focus()); // the dialog around it has focused its heading by then
    return () => clearTimeout(later);
  }, []);
  return (
    <fieldset class={`choices choices--${across}`} ref={box}>
      <legend>{legend}</legend>
      {all.map((each, place) => (
        <label class="choice" key={each}>
          <input type="radio" name={name} checked={chosen === each} onChange={() => choose(each)} />
          <span>{label(each)}</span>
          {keyed && keysOn() && <kbd class="key choice__key" aria-hidden="true">{place + 1}</kbd>}
        </label>
      ))}
    </fieldset>
  );
}
