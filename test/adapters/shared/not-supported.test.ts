import { describe, expect, it } from "vitest";
import { completeIdentityProvider } from "../../../src/adapters/shared/not-supported.ts";
import { optionalMethods } from "../../../src/testing/identity-provider/optional-methods.ts";
import { welcome } from "../../testing/broken/broken-provider.ts";
import { outcomeOf } from "../memory/support.ts";

const core = {
  capabilities: new Set<never>(),
  signIn: async () => welcome,
  refresh: async () => ({ accessToken: "any", tokenType: "Bearer", expiresIn: 60 }) as const,
};

const user = {
  username: "ada@example.com",
  password: "Correct-Horse-7",
  attributes: { email: "ada@example.com" },
  accessToken: "any",
  idToken: "any",
  refreshToken: "any",
};

describe("a provider that was completed", () => {
  it("has the methods that it was given", async () => {
    const identity = completeIdentityProvider({ ...core, signOut: async () => undefined });

    expect(identity).toMatchObject(core);
    await expect(identity.signOut({ refreshToken: "any" })).resolves.toBeUndefined();
  });

  it("refuses every other call as not supported", async () => {
    const identity = completeIdentityProvider(core);
    const answering = identity.answerChallenge({
      session: "any",
      answer: { type: "totp", code: "123456" },
    });
    const outcomes = new Map([["answerChallenge", await outcomeOf(answering)]]);

    for (const { calls } of Object.values(optionalMethods))
      for (const [method, call] of Object.entries(calls))
        if (method !== "signIn") outcomes.set(method, await outcomeOf(call(identity, user)));

    expect(new Set(outcomes.values())).toEqual(new Set(["not_supported"]));
    expect([...outcomes.keys(), ...Object.keys(core)].sort()).toEqual(Object.keys(identity).sort());
  });
});
