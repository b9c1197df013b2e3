import type { UserFilter, UserRecord } from "../../../domain/administration.ts";
import {
  ContractFailure,
  expectBlame,
  expectCode,
  expectEqual,
  expectPresent,
  expectThat,
} from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { givenUser, signUp } from "../steps/account-steps.ts";

const administered = { needs: ["administration"] } as const;

/** The cases of `Administration.listUsers`. */
export const userListingCases = [
  contractCaseWith(
    administered,
    "user listing: finds a user by e-mail address",
    async (harness) => {
      const { attributes } = await givenUser(harness);
      await givenUser(harness);
      const filter = { field: "email", operator: "equals", value: attributes.email } as const;

      const [found] = await listUntil(harness, filter, 1);

      const record = expectPresent("the user", found);
      expectEqual("the e-mail address", record.attributes.email, attributes.email);
      expectEqual("the status", record.status, "confirmed");
      expectEqual("whether it is enabled", record.enabled, true);
    },
  ),

  contractCaseWith(
    administered,
    "user listing: finds users by how a value begins",
    async (harness) => {
      const { attributes } = await givenUser(harness);
      const value = attributes.email.slice(0, 12);

      const [found] = await listUntil(
        harness,
        { field: "email", operator: "starts_with", value },
        1,
      );

      expectEqual("the e-mail address", found?.attributes.email, attributes.email);
    },
  ),

  contractCaseWith(administered, "user listing: finds nobody where nobody is", async (harness) => {
    const value = harness.newUser().attributes.email;

    const page = await harness.identity.listUsers({
      limit: 60,
      filter: { field: "email", operator: "equals", value },
    });

    expectEqual("the number of users", page.items.length, 0);
  }),

  contractCaseWith(
    { needs: ["administration", "sign_up"] },
    "user listing: tells by status who is not confirmed",
    async (harness) => {
      const waiting = await signUp(harness);
      const confirmed = await givenUser(harness);
      const filter = { field: "status", operator: "equals", value: "unconfirmed" } as const;

      const found = await listUntilFound(harness, filter, waiting);

      const hasOther = found.some((user) => user.attributes.email === confirmed.attributes.email);
      expectThat("no confirmed user is among them", !hasOther);
    },
  ),

  contractCaseWith(administered, "user listing: tells who is disabled", async (harness) => {
    const disabled = await givenUser(harness);
    const enabled = await givenUser(harness);
    await harness.identity.disableUser(disabled);
    const filter = { field: "enabled", operator: "equals", value: "false" } as const;

    const found = await listUntilFound(harness, filter, disabled);

    const hasOther = found.some((user) => user.attributes.email === enabled.attributes.email);
    expectThat("no enabled user is among them", !hasOther);
  }),

  contractCaseWith(
    administered,
    "user listing: gives every user once, page by page",
    async (harness) => {
      const filter = await createFamily(harness, 5);
      await listUntil(harness, filter, 5);

      const first = await listAll(harness, filter, 2);
      const second = await listAll(harness, filter, 2);

      const subjects = first.map(({ subject }) => subject);
      expectEqual("the number of users", subjects.length, 5);
      expectEqual("the number of different ones", new Set(subjects).size, 5);
      expectEqual(
        "the order when listed again",
        second.map(({ subject }) => subject),
        subjects,
      );
    },
  ),

  contractCaseWith(
    administered,
    "user listing: gives no more users than were asked for",
    async (harness) => {
      const filter = await createFamily(harness, 3);
      await listUntil(harness, filter, 3);

      const { items } = await harness.identity.listUsers({ filter, limit: 2 });

      expectThat("there are two at most", items.length <= 2);
    },
  ),

  contractCaseWith(
    administered,
    "user listing: refuses a cursor that it never gave",
    async (harness) => {
      const invented = harness.identity.listUsers({ limit: 2, cursor: "invented" });

      expectBlame(await expectCode(invented, "validation_failed"), "cursor");
    },
  ),
];

/** Creates users with a family name of their own, and gives the filter that finds them. */
async function createFamily(
  { identity, newUser }: IdentityProviderHarness,
  size: number,
): Promise<UserFilter> {
  const value = `F${newUser()
    .username.replaceAll(/[^a-z0-9]/gi, "")
    .slice(0, 20)}`;
  for (let count = 0; count < size; count += 1) {
    const { username, attributes } = newUser();
    const named = { ...attributes, family_name: value };
    await identity.createUser({ username, attributes: named, invite: false });
  }
  return { field: "family_name", operator: "equals", value };
}

/** Lists users, from the first page to the last. */
async function listAll(
  { identity }: IdentityProviderHarness,
  filter: UserFilter,
  limit = 60,
): Promise<readonly UserRecord[]> {
  const users: UserRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await identity.listUsers({
      filter,
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    users.push(...page.items);
    cursor = page.cursor;
    if (users.length > 100_000) throw new ContractFailure("expected the listing to end");
  } while (cursor !== undefined);
  return users;
}

/** Lists users again and again until there are as many as there should be: a user who is new may show late. */
async function listUntil(
  harness: IdentityProviderHarness,
  filter: UserFilter,
  count: number,
): Promise<readonly UserRecord[]> {
  const users = await untilSome(
    () => listAll(harness, filter),
    (found) => found.length >= count,
  );
  expectEqual("the number of users found", users.length, count);
  return users;
}

async function listUntilFound(
  harness: IdentityProviderHarness,
  filter: UserFilter,
  { attributes }: NewUser,
): Promise<readonly UserRecord[]> {
  const isThere = (users: readonly UserRecord[]) =>
    users.some((user) => user.attributes.email === attributes.email);
  const users = await untilSome(() => listAll(harness, filter), isThere);
  expectThat("the user is found", isThere(users));
  return users;
}

async function untilSome<T>(look: () => Promise<T>, isEnough: (seen: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const seen = await look();
    if (isEnough(seen) || tries === 10) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50 * tries));
  }
}
