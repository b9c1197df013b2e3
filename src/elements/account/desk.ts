import type { Account, Capabilities, Passkeys } from "../client.ts";
import { isPorticoError } from "../client.ts";
import type { Stage } from "../stage.ts";

/** All that the parts of an account work with. */
export interface Desk {
  readonly stage: Stage;
  readonly account: Account;
  readonly passkeys: () => Promise<Passkeys>;
  readonly capabilities: Capabilities;
  /** Does something that may want a fresh sign-in, which is had then. */
  fresh<T>(act: () => Promise<T>): Promise<T>;
  /** Gives a day, or a time of a day, as the user writes it. */
  date(seconds: number, withTime?: boolean): string;
}

/** Makes a function that has a fresh sign-in where one is wanted, and then does the thing again. */
export function withFreshSignIn(signIn: () => Promise<void>): Desk["fresh"] {
  return async (act) => {
    try {
      return await act();
    } catch (error) {
      if (!isPorticoError(error, "reauthentication_required")) throw error;
      await signIn();
      return act();
    }
  };
}

/** Makes the writer of dates in a language. */
export function dateWriter(language: string): Desk["date"] {
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return (seconds, withTime = false) => (withTime ? time : day).format(new Date(seconds * 1000));
}
