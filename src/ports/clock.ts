/** The time. */
export interface Clock {
  /** Milliseconds since the epoch. May step backwards, as clocks on real machines do. */
  now(): number;
}
