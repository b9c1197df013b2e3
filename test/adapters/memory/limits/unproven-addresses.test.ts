import { describe, expect, it } from "vitest";
import type { CodeTarget } from "../../../../src/adapters/memory/codes/one-time-codes.ts";
import { countUnprovenAddress } from "../../../../src/adapters/memory/limits/unproven-addresses.ts";
import type { Account } from "../../../../src/adapters/memory/users/accounts.ts";
import { ada, createOpenProvider, signUpConfirmed } from "../support.ts";

const email: CodeTarget = { contact: "email", address: ada.username };

/** Counts a code, and gives what it was counted for. */
async function countedFor(user: Account["user"], target: CodeTarget) {
  const counted: unknown[] = [];
  const take = async ({ key }: Pick<Account, "key">, action: string) => {
    counted.push([key, action]);
  };
  await countUnprovenAddress({ take }, { user }, target);
  return counted;
}

describe("a code that is about to go to an address", () => {
  it("is counted unless the account has proven that very address", async () => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    const user = provider.users.find(ada.username);
    const counted = [["email ada@example.com", "unprovenAddressesPerHour"]];

    expect(user && (await countedFor(user, email))).toEqual([]);
    expect(user && (await countedFor({ ...user, verified: new Set() }, email))).toEqual(counted);
    const attributes = { email: "countess@example.com" };
    expect(user && (await countedFor({ ...user, attributes }, email))).toEqual(counted);
    expect(await countedFor(undefined, email)).toEqual(counted);
  });

  it("is counted for the address in any letters", async () => {
    const address = ada.username.toUpperCase();

    expect(await countedFor(undefined, { ...email, address })).toEqual([
      ["email ada@example.com", "unprovenAddressesPerHour"],
    ]);
  });
});
