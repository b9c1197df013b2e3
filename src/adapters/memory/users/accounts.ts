import { createKeyedLock } from "../../shared/keyed-lock.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { User } from "./user.ts";
import { keyOfSubject, type UserStore } from "./user-store.ts";

/** The account behind a name that someone gives, whether there is such an account or not. */
export interface Account {
  /** The key that the account's lock and counters go by. */
  readonly key: string;
  readonly user: User | undefined;
}

/** The way to an account: one task at a time, so that what a task has read is still so when it writes. */
export interface Accounts {
  /** Runs a task on the account of a name, which is read once it is the task's turn. */
  byName<T>(name: string, task: (account: Account) => Promise<T>): Promise<T>;
  /** Runs a task on the account of a subject, which is read once it is the task's turn. */
  bySubject<T>(subject: string, task: (account: Account) => Promise<T>): Promise<T>;
}

/** Makes the way to the accounts of a store. */
export function createAccounts(
  users: UserStore,
  { pause }: Pick<MemorySettings, "pause">,
): Accounts {
  const exclusively = createKeyedLock();

  return {
    async byName(name, task) {
      // Whose name it is can have changed by the time that it is the task's turn.
      for (;;) {
        const key = users.keyOf(name);
        const attempt = await exclusively(key, async () => {
          if (users.keyOf(name) !== key) return undefined;
          const user = users.find(name);
          await pause();
          return { result: await task({ key, user }) };
        });
        if (attempt) return attempt.result;
      }
    },
    bySubject(subject, task) {
      const key = keyOfSubject(subject);
      return exclusively(key, async () => {
        const user = users.get(subject);
        await pause();
        return task({ key, user });
      });
    },
  };
}
