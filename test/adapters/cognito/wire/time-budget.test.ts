import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createTimeBudget } from "../../../../src/adapters/cognito/wire/time-budget.ts";
import { administrationBy } from "../../../../src/domain/use-cases/administration.ts";
import type { Administration, IdentityProvider } from "../../../../src/ports/index.ts";
import {
  type CognitoReply,
  sickness,
  wellAnswers,
} from "../../../support/cognito-upstream-answers.ts";
import { timed } from "../../../support/timed.ts";
import { accessToken, calls, providerAt, startUpstream, username } from "../fixtures.ts";

test("has what is left of it, by the clock that it is given", () => {
  let time = 100;
  const budget = createTimeBudget(50, () => time);

  expect(budget.leftMs()).toBe(50);
  time += 60;
  expect(budget.leftMs()).toBe(-10);
});

const timeoutMs = 1_000;

/** Answers well, but not before most of a call's time is over. */
function late(operation: string): CognitoReply {
  const reply = wellAnswers[operation];
  if (typeof reply !== "object") return expect.fail(`${operation} has an answer`);
  return (_request, response) => {
    void delay(timeoutMs * 0.8).then(() => response.end(reply.body));
  };
}

type Call = (identity: IdentityProvider) => Promise<unknown>;

/** Everything that takes one call after the other, with the operations of the first two. */
const chains: readonly (readonly [string, string, string, Call])[] = [
  ["a reset of a password", "ConfirmForgotPassword", "AdminUserGlobalSignOut", calls.resetPassword],
  ["a change of a password", "ChangePassword", "ListUserSessions", calls.changePassword],
  ["a change of second factors", "GetUser", "SetUserMFAPreference", calls.setMfa],
  ["another invitation", "AdminGetUser", "AdminCreateUser", calls.resendInvitation],
  [
    "an address that is deleted",
    "GetUser",
    "UpdateUserAttributes",
    (identity) => identity.updateAttributes({ accessToken, attributes: { email: "" } }),
  ],
  [
    "an address that an administrator deletes",
    "AdminGetUser",
    "AdminUpdateUserAttributes",
    (identity) => identity.updateUser({ username, attributes: { email: "" } }),
  ],
];

/** The acts of an administrator on a user whose tokens are ended along with it: the user is asked for first. */
const acts: readonly (readonly [string, (by: Administration) => Promise<void>])[] = [
  ["AdminDisableUser", (by) => by.disableUser({ username })],
  ["AdminDeleteUser", (by) => by.deleteUser({ username })],
  ["AdminUserGlobalSignOut", (by) => by.signOutUser({ username })],
  ["AdminRemoveUserFromGroup", (by) => by.removeFromGroup({ username, group: "readers" })],
  ["AdminDeleteSoftwareToken", (by) => by.resetMfa({ username })],
];

/** Gives an administrator's way to a provider. */
function administratorOf(identity: IdentityProvider): Administration {
  const principal = {
    kind: "machine",
    subject: "root",
    issuer: "https://issuer.example/pool",
    clientId: "console",
    scopes: ["admin"],
    issuedAt: 0,
    expiresAt: 0,
    audiences: [],
    claims: {},
  } as const;
  const ports = {
    identity,
    revocations: { add: async () => undefined, longestTokenSeconds: 60 },
    events: { record: () => undefined },
    clock: Date,
  };
  const policy = { groups: [], scopes: ["admin"] };
  return administrationBy({ principal, accessToken }, ports, policy);
}

describe("the calls of one request", () => {
  test.each(acts)(
    "have one time together where %s comes after AdminGetUser",
    timed,
    async (second, act) => {
      const upstream = await startUpstream();
      upstream.script("AdminGetUser", late("AdminGetUser"));
      upstream.script(second, sickness.hangs);
      const started = performance.now();

      const outcome = act(administratorOf(providerAt(upstream, { timeoutMs })));

      await expect(outcome).rejects.toMatchObject({ code: "provider_timeout" });
      const elapsed = performance.now() - started;
      expect(upstream.requests.map(({ operation }) => operation)).toContain("AdminGetUser");
      expect(elapsed).toBeGreaterThan(timeoutMs);
      expect(elapsed).toBeLessThan(timeoutMs * 1.5);
    },
  );

  test.each(chains)("have one time together for %s", timed, async (_what, first, second, call) => {
    const upstream = await startUpstream();
    upstream.script(first, late(first));
    upstream.script(second, sickness.hangs);
    const started = performance.now();

    await call(providerAt(upstream, { timeoutMs })).catch(() => undefined);

    const elapsed = performance.now() - started;
    const asked = upstream.requests.map(({ operation }) => operation);
    expect(asked).toEqual(expect.arrayContaining([first, second]));
    expect(elapsed).toBeGreaterThan(timeoutMs);
    expect(elapsed).toBeLessThan(timeoutMs * 1.5);
  });
});
