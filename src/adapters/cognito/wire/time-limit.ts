import { IdentityError } from "../../../domain/errors.ts";
import { retryAfterSeconds } from "../errors/exception-meaning.ts";
import type { TimeBudget } from "./time-budget.ts";

/**
 * Makes a call that a signal ends when its time is over, or its request's, if that is sooner. The timer ends with the call: those of `AbortSignal.timeout` go on
 * to their end, each with its signal, and then make an error that nobody is told of.
 *
 * @throws {IdentityError} `provider_timeout` — it took too long
 */
export async function withinTime<T>(
  timeoutMs: number,
  budget: TimeBudget | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(),
    Math.min(timeoutMs, budget?.leftMs() ?? timeoutMs),
  );
  try {
    return await call(controller.signal);
  } catch (cause) {
    // Only the signal knows: on Node the SDK calls a connection that was reset a "TimeoutError" too.
    if (!controller.signal.aborted) throw cause;
    throw new IdentityError("provider_timeout", { retryAfterSeconds, cause });
  } finally {
    clearTimeout(timer);
  }
}
