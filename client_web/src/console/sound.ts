/** The sounds of the team: care and an offer differ by their notes. Made here, under a second, never for messages. */

/** Two rising notes: a person is needed. */
export const CARE: readonly number[] = [523.25, 659.25];
/** One note: someone waits for a listener. */
export const OFFER: readonly number[] = [587.33];
const NOTE_S = 0.28;
const SOFT = 0.12;

export class Sound {
  private wanted = false;
  private context: AudioContext | null = null;

  constructor(private readonly changed: () => void) {}

  /** Whether a note would be heard: a browser can keep it from a page that was not touched yet. */
  get on(): boolean {
    return this.wanted && this.context?.state === "running";
  }

  /** Browsers let a page sound only after a touch: call it from one. */
  turn(on: boolean): void {
    this.wanted = on;
    if (on) this.wake();
  }

  /** Sound that was asked for before a touch begins with it. */
  touch(): void {
    if (this.wanted && !this.on) this.wake();
  }

  ring(notes = CARE): void {
    const { context } = this;
    if (!this.on || context === null) return;
    notes.forEach((hz, place) => note(context, hz, context.currentTime + place * NOTE_S));
  }

  private wake(): void {
    if (typeof AudioContext === "undefined") return;
    this.context ??= new AudioContext();
    this.context.onstatechange = () => this.changed();
    void this.context.resume().catch(() => undefined);
  }
}

function note(context: AudioContext, hz: number, at: number): void {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.frequency.value = hz;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(SOFT, at + 0.03);
  loudness.gain.linearRampToValueAtTime(0, at + NOTE_S);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}
