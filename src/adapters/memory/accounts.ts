import { createKeyedLock } from "./keyed-lock.ts";
import type { Settings } from "./options.ts";
import type { User, UserStore } from "./users.ts";

/** What someone who names an account gets to deal with, whether there is such an account or not. */
export interface Account {
  readonly key: string;
  readonly user: User | undefined;
}

/**
 * The way to an account: one task at a time, so that what a task has read is still so when it writes. The user that a
 * task is given is read once it is the task's turn.
 */
export interface Accounts {
  byName<T>(name: string, task: (account: Account) => Promise<T>): Promise<T>;
  bySubject<T>(subject: string, task: (account: Account) => Promise<T>): Promise<T>;
}

/** Makes the way to the accounts of a store. */
export function createAccounts(users: UserStore, { pause }: Pick<Settings, "pause">): Accounts {
  const exclusively = createKeyedLock();

  function run<T>(
    key: string,
    find: () => User | undefined,
    task: (account: Account) => Promise<T>,
  ): Promise<T> {
    return exclusively(key, async () => {
      const user = find();
      await pause();
      return task({ key, user });
    });
  }

  return {
    byName: (name, task) => run(users.keyOf(name), () => users.find(name), task),
    bySubject(subject, task) {
      const key = users.get(subject)?.key ?? subject;
      return run(key, () => users.get(subject), task);
    },
  };
}
