/** The thread of staff alone beside a one-to-one. */
export function threadOf(one: string): string {
  return one.replace(/^one:/, "ask:");
}
