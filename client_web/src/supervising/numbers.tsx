/** The four numbers, each with its light: text and shape first, colour last. */
import { age } from "../console/ages";
import type { Light, Numbers } from "../protocol";
import { counted, listed, word } from "../words";
import { Shape } from "./parts";

interface Figure {
  is: string;
  light: Light;
  figure: string;
  about: string;
}

export function FourNumbers({ numbers }: { numbers: Numbers }) {
  return (
    <ul class="figures">
      {figures(numbers).map(({ is, light, figure, about }) => (
        <li key={is} class={`figures__one figures__one--${light}`}>
          <h3>{word(`supervising.${is}`)}</h3>
          <p class="figures__figure">{figure}</p>
          <p class="figures__about">{about}</p>
          <Shape light={light} />
        </li>
      ))}
    </ul>
  );
}

function figures(numbers: Numbers): readonly Figure[] {
  const { active, listeners, free, waiting, long, longest_ms, supervisors, high_risk, unheld } = numbers;
  return [
    {
      is: "active",
      light: numbers.listening,
      figure: counted("supervising.active_figure", active),
      about: listeners === 0 ? word("supervising.listeners_none") : word("supervising.listeners", { listeners: counted("supervising.here", listeners), free: free === 0 ? word("supervising.free_none") : counted("supervising.free", free) }),
    },
    {
      is: "queue",
      light: numbers.queue,
      figure: counted("supervising.long_figure", long),
      about: waiting === 0 ? word("supervising.waiting_none") : word("supervising.waiting", { waiting: counted("supervising.wait", waiting), longest: age(longest_ms) }),
    },
    {
      is: "supervisors",
      light: numbers.supervising,
      figure: counted("supervising.supervisors_figure", supervisors.length),
      about: supervisors.length === 0 ? word("supervising.supervisors_none") : listed([...supervisors]),
    },
    {
      is: "risk",
      light: numbers.risk,
      figure: counted("supervising.risk_figure", high_risk),
      about: high_risk === 0 ? word("supervising.risk_none") : unheld === 0 ? word("supervising.risk_held") : counted("supervising.risk_unheld", unheld),
    },
  ];
}
