/** Turns milliseconds since the epoch into the seconds that the protocol has. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
