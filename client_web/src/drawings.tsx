/** Our drawings, lit or dark, from the sprite: the lamp, the open door, the lit window and the wall lamp. */

const SIZES = { lamp: "0 0 16 20", room: "0 0 44 64", listener: "0 0 44 64", help: "0 0 44 64" } as const;

/** Lit only where a person can be reached there, and always with words beside it. */
export function Drawing({ of, lit }: { of: keyof typeof SIZES; lit: boolean }) {
  return (
    <svg class={`drawing drawing--${of} ${lit ? "is-lit" : "is-dark"}`} viewBox={SIZES[of]} aria-hidden="true" focusable="false">
      <use href={`#d-${of}`} />
    </svg>
  );
}

export function Lamp({ lit }: { lit: boolean }) {
  return <Drawing of="lamp" lit={lit} />;
}
