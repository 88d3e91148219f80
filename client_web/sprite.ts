/** Builds the sprites of the named icons and our drawings; the server puts them into the pages, the styles draw their lines. */
import nodes from "lucide-static/icon-nodes.json" with { type: "json" };
import type { Plugin } from "vite";
import { SHAPES } from "./shapes.ts";
import { ICONS, STAFF_ICONS, type IconName } from "./src/icon-names.ts";

type Node = [tag: string, attributes: Record<string, string>];

export function sprite(): Plugin {
  return {
    name: "sprite",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "sprite.svg", source: drawn(ICONS, SHAPES) });
      this.emitFile({ type: "asset", fileName: "sprite-staff.svg", source: drawn(STAFF_ICONS) });
    },
  };
}

/** In one line: it travels in every page. */
function drawn(icons: readonly IconName[], shapes = ""): string {
  const symbols = icons.map(icon).join("") + shapes;
  return `<svg class="sprite" aria-hidden="true">${symbols}</svg>`.replace(/\s*\n\s*/g, "");
}

function icon(name: IconName): string {
  const shapes = (nodes[name] as unknown as Node[]).map(shape).join("");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

function shape([tag, attributes]: Node): string {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<${tag} ${written.join(" ")}/>`;
}
