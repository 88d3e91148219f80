/** A question with a few answers, of which none is as good as any. */

interface ChoicesProps<T extends string> {
  legend: string;
  name: string;
  /** What it says to choose nothing: as good as anything else. */
  none: string;
  choices: readonly (readonly [T, string])[];
  chosen: T | null;
  choose: (chosen: T | null) => void;
}

export function Choices<T extends string>({ legend, name, none, choices, chosen, choose }: ChoicesProps<T>) {
  return (
    <fieldset class="choices choices--few">
      <legend>{legend}</legend>
      {[[null, none] as const, ...choices].map(([code, words]) => (
        <label class="choice" key={code ?? ""}>
          <input type="radio" name={name} checked={chosen === code} onChange={() => choose(code)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
