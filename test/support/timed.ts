/**
 * For a test that holds a time against a limit which the contract sets: a machine that stands still for a moment fails it
 * once, and not three times.
 */
export const timed = { retry: 2 } as const;
