import type { Terminal } from "./terminal.ts";

/** The time that something may take before whoever waits is told of it, in milliseconds. */
const patienceMs = 1_000;

/** Shows that something is under way, and for how long, where it takes longer than a second and somebody watches. */
export async function withProgress<T>(
  { isWatched, show }: Pick<Terminal, "isWatched" | "show">,
  doing: string,
  work: Promise<T>,
): Promise<T> {
  if (!isWatched) return work;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    show(`${doing} … ${seconds} s`);
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (seconds > 0) show("");
  }
}
