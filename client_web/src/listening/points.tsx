/** How hard it is, from 1 to 5, or not said: the same question before and after. */
import { word } from "../words";

const POINTS = [0, 1, 2, 3, 4, 5];

interface PointsProps {
  legend: string;
  about: string;
  name: string;
  /** 0: not said. */
  chosen: number;
  choose: (points: number) => void;
}

export function Points({ legend, about, name, chosen, choose }: PointsProps) {
  return (
    <fieldset class="choices points">
      <legend>{legend}</legend>
      <p class="quiet">{about}</p>
      {POINTS.map((points) => (
        <label class="choice" key={points}>
          <input type="radio" name={name} checked={chosen === points} onChange={() => choose(points)} />
          {pointWords(points)}
        </label>
      ))}
    </fieldset>
  );
}

export function pointWords(points: number): string {
  return word(points === 0 ? "listening.hard_none" : `listening.hard_${points}`);
}
