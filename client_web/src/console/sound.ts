/** The one sound of the console: two rising notes when a person is needed. Made here, under a second, never for messages. */

const NOTES_HZ = [523.25, 659.25];
const NOTE_S = 0.28;
const SOFT = 0.12;

export class Sound {
  on = false;
  private context: AudioContext | null = null;

  /** Browsers let a page sound only after a touch: call it from one. */
  turn(on: boolean): void {
    this.on = on;
    if (!on) return;
    this.context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    void this.context?.resume();
  }

  ring(): void {
    const { context } = this;
    if (!this.on || context === null) return;
    NOTES_HZ.forEach((hz, place) => note(context, hz, context.currentTime + place * NOTE_S));
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
