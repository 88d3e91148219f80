/** Words for screen readers: quietly when there is a pause, or at once where something failed or a person answered. */

const READ_MS = 10_000; // long enough to be read, gone before someone browses into it

export type Urgency = "polite" | "assertive";

const regions: Partial<Record<Urgency, HTMLElement>> = {};

export function announce(text: string, urgency: Urgency = "polite"): void {
  const region = regions[urgency];
  if (!region) return;
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  setTimeout(() => line.remove(), READ_MS);
}

export function announceIn(urgency: Urgency, region: HTMLElement | null): void {
  if (region) regions[urgency] = region;
}
