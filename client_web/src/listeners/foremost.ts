/** Which of a listener's tabs rings and holds the one-to-one: the one that was touched last. */

const NAME = "porchlight-listener";

export class Foremost {
  private readonly tabs: BroadcastChannel | null;

  constructor(
    private readonly changed: () => void,
    /** A page that opens where someone looks was just touched. */
    public here: boolean,
  ) {
    this.tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
    this.tabs?.addEventListener("message", () => this.become(false));
    if (here) this.tabs?.postMessage("here");
  }

  touch(): void {
    if (this.here) return;
    this.tabs?.postMessage("here");
    this.become(true);
  }

  close(): void {
    this.tabs?.close();
  }

  private become(here: boolean): void {
    if (this.here === here) return;
    this.here = here;
    this.changed();
  }
}
