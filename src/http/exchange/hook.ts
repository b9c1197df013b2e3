import { stackOf } from "./request-log.ts";

/** Hears that a hook failed, and how. */
export type HookFailure = (entry: { readonly event: "hook_error"; readonly error: string }) => void;

/**
 * Makes a hook harmless to the request that calls it: it is not waited for, and what it throws, or its promise rejects with,
 * is told and goes no further.
 */
export function harmless<Arguments extends readonly unknown[]>(
  hook: (...input: Arguments) => unknown,
  onFailure: HookFailure,
): (...input: Arguments) => void {
  const report = (error: unknown) => onFailure({ event: "hook_error", error: stackOf(error) });
  return (...input) => {
    try {
      const pending = hook(...input);
      if (pending instanceof Promise) pending.catch(report);
    } catch (error) {
      report(error);
    }
  };
}
