/** The server's clock, carried on by the browser's monotonic one, so that a wrong device clock does not matter. */

let server = Date.now();
let since = performance.now();

/** The server said what time it is; `travelled` is how long the asking took, in ms. */
export function setTime(now: number, travelled = 0): void {
  server = now + travelled / 2;
  since = performance.now();
}

/** Milliseconds since 1970 UTC by the server's clock, or the device's until the server was heard. */
export function now(): number {
  return server + (performance.now() - since);
}
