import fc from "fast-check";
import { expect, it } from "vitest";
import { pageOfUsers } from "../../../../src/adapters/memory/administration/user-listing.ts";
import { settingsOf } from "../../../../src/adapters/memory/settings/settings.ts";
import { newUser } from "../../../../src/adapters/memory/users/new-user.ts";
import type { User } from "../../../../src/adapters/memory/users/user.ts";
import {
  type UserField,
  type UserSearch,
  userFieldsOf,
} from "../../../../src/adapters/memory/users/user-search.ts";
import {
  createUserStore,
  TooManyUsers,
  type UserStore,
} from "../../../../src/adapters/memory/users/user-store.ts";
import { isIdentityError } from "../../../../src/domain/errors.ts";
import { adjustableClock } from "../support.ts";

const clock = adjustableClock();
const password = { salt: new Uint8Array(), iterations: 1, key: new Uint8Array() };

/** Few, so that users have the same, and some that differ late, in case only, or in what folding makes of them. */
const texts = ["a", "A", "ab", "b", "Ä", "İ", "", `${"long".repeat(40)}1`, `${"long".repeat(40)}2`];
const subjects = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const fieldNames = ["username", "sub", "status", "enabled", "email", "name", "given_name"];

const changes = fc.record(
  {
    attributes: fc.dictionary(
      fc.constantFrom("email", "name", "given_name"),
      fc.constantFrom(...texts),
      {
        maxKeys: 3,
      },
    ),
    verified: fc.constantFrom(new Set<"email">(), new Set(["email" as const])),
    status: fc.constantFrom("confirmed", "unconfirmed", "invited"),
    isEnabled: fc.boolean(),
    groupIds: fc.uniqueArray(fc.integer({ min: 1, max: 3 })).map((ids) => new Set(ids)),
  } as const,
  { requiredKeys: [] },
);

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ put: fc.constantFrom(...subjects), changes }) },
    { weight: 2, arbitrary: fc.record({ remove: fc.constantFrom(...subjects) }) },
    { weight: 1, arbitrary: fc.constantFrom("save" as const, "restore" as const) },
  ),
  { minLength: 20, maxLength: 60, size: "max" },
);

const searches: readonly UserSearch[] = [
  { kind: "all" },
  ...[1, 2, 3].map((groupId) => ({ kind: "group" as const, groupId })),
  ...fieldNames.flatMap((field) =>
    [...texts, "confirmed", "un", "true", "1", "name-"].flatMap((value) =>
      (["equals", "starts_with"] as const).map((operator) => ({
        kind: "field" as const,
        field,
        operator,
        value,
      })),
    ),
  ),
];

it.each([true, false])(
  "the indexes of users say what a walk over all users says, whatever was done to them (case counts: %s)",
  (caseSensitive) => {
    const settings = {
      ...settingsOf({ clock, signInModel: "alias", aliases: ["email"], maxUsers: 8 }),
      caseSensitive,
    };
    fc.assert(
      fc.property(steps, (taken) => {
        const users = createUserStore(settings);
        let restore = users.save();
        for (const step of taken) {
          if (step === "save") restore = users.save();
          else if (step === "restore") restore();
          else if ("remove" in step) remove(users, step.remove);
          else put(users, step.put, step.changes);
        }
        expect(answersOf(users)).toEqual(walkedAnswers(users, caseSensitive));
      }),
      { numRuns: 40 },
    );
  },
);

it.each([
  { kind: "field", field: "counted", operator: "equals", value: "name-777" },
  { kind: "field", field: "counted", operator: "starts_with", value: "name-7" },
  { kind: "field", field: "counted", operator: "starts_with", value: "name" },
  { kind: "field", field: "counted", operator: "starts_with", value: "nobody" },
] satisfies readonly UserSearch[])(
  "a page of thousands of users is found by looking at few of them: $operator $value",
  (search) => {
    let looks = 0;
    const counted: UserField = {
      textOf({ username }) {
        looks += 1;
        return username;
      },
      isCaseSensitive: false,
    };
    const users = createUserStore(settingsOf({ clock, signInModel: "username" }), { counted });
    for (let index = 0; index < 5000; index += 1) {
      const identity = { subject: `${index}`, username: `name-${index}` };
      users.put(newUser(identity, {}, password, { clock }));
    }

    looks = 0;
    const { items, cursor } = pageOfUsers(users, search, { limit: 10 });
    if (cursor !== undefined) pageOfUsers(users, search, { limit: 10, cursor });

    expect(items.length).toBeLessThanOrEqual(10);
    expect(looks).toBeLessThan(200);
  },
);

function put(users: UserStore, subject: string, changed: Partial<User>): void {
  const identity = { subject, username: `Name-${subject}` };
  const user = users.get(subject) ?? newUser(identity, {}, password, { clock });
  const passkey = {
    id: `passkey of ${subject}`,
    publicKey: new Uint8Array(),
    signCount: 0,
    createdAt: 0,
  };
  const passkeys = changed.isEnabled ? [passkey] : [];
  try {
    users.put({ ...user, ...changed, ...("isEnabled" in changed && { passkeys }) } as User);
  } catch (error) {
    // Refused, and so nothing may have changed.
    if (!isIdentityError(error, "alias_taken") && !(error instanceof TooManyUsers)) throw error;
  }
}

function remove(users: UserStore, subject: string): void {
  const user = users.get(subject);
  if (user) users.remove(user);
}

/** The subjects that each search finds, those whose passkeys are known, and how many users there are. */
interface Answers {
  readonly found: readonly string[];
  readonly passkeys: readonly boolean[];
  readonly size: number;
}

/** Gives the users that the indexes find, page by page. */
function answersOf(users: UserStore): Answers {
  const found = searches.map((search) => subjectsOf(pagedUsers(users, search)));
  const passkeys = subjects.map((subject) => users.hasPasskey(`passkey of ${subject}`));
  return { found, passkeys, size: users.size };
}

function pagedUsers(users: UserStore, search: UserSearch): readonly User[] {
  const paged: User[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOfUsers(users, search, { limit: 2, ...(cursor !== undefined && { cursor }) });
    paged.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return paged;
}

/** Gives the users that a walk over all of them finds. */
function walkedAnswers(users: UserStore, caseSensitive: boolean): Answers {
  const all = subjects
    .flatMap((subject) => users.get(subject) ?? [])
    .toSorted((one, other) => one.serial - other.serial);
  const found = searches.map((search) => {
    const matches = all.filter((user) => isMatch(user, search, caseSensitive));
    return subjectsOf(inOrder(matches, search, caseSensitive));
  });
  const passkeys = subjects.map((subject) =>
    all.some((user) => user.passkeys.some(({ id }) => id === `passkey of ${subject}`)),
  );
  return { found, passkeys, size: all.length };
}

/** Of beginnings, users come by the field, as far as 128 code units of it. */
function inOrder(users: readonly User[], search: UserSearch, caseSensitive: boolean) {
  if (search.kind !== "field" || search.operator === "equals") return users;
  const keyOf = (user: User) => (textOf(user, search.field, caseSensitive) ?? "").slice(0, 128);
  return users.toSorted((one, other) => {
    const [first, second] = [keyOf(one), keyOf(other)];
    if (first === second) return 0;
    return first < second ? -1 : 1;
  });
}

function subjectsOf(users: readonly User[]): string {
  return users.map(({ subject }) => subject).join(" ");
}

function isMatch(user: User, search: UserSearch, caseSensitive: boolean): boolean {
  if (search.kind === "all") return true;
  if (search.kind === "group") return user.groupIds.has(search.groupId);
  const text = textOf(user, search.field, caseSensitive);
  const sought = caseSensitive ? search.value : search.value.toLowerCase();
  return search.operator === "equals" ? text === sought : (text?.startsWith(sought) ?? false);
}

function textOf(user: User, field: string, caseSensitive: boolean): string | undefined {
  const fields: Readonly<Record<string, UserField>> = userFieldsOf({ caseSensitive });
  const text = fields[field]?.textOf(user);
  return caseSensitive ? text : text?.toLowerCase();
}
