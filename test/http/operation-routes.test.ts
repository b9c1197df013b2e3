import { describe, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../src/adapters/memory/index.ts";
import { createAccountHash } from "../../src/adapters/system/account-hash.ts";
import { defaultLimitPolicies } from "../../src/domain/rate-limit-policies.ts";
import { account, adminGroup, password, startService, username } from "./support.ts";

const requestId = "3f2f8f0a-9d4b-4c55-8f9e-2b1c8d7e6f50";
const caller = "203.0.113.7";
const accountHash = createAccountHash("s".repeat(32));
const hash = await accountHash(username);

/** A service whose requests come from one address, and have one id. */
function start() {
  const limits = { limiter: createMemoryRateLimiter(), policies: defaultLimitPolicies };
  const service = startService({
    provider: { autoConfirm: true, groups: [{ name: adminGroup, members: [] }] },
    ports: () => ({ accountHash, limits }),
    administrators: { groups: [adminGroup], scopes: [] },
  });
  async function ask(method: string, path: string, body?: unknown, token?: string) {
    const response = await service.app.request(
      path,
      {
        method,
        headers: {
          "X-Request-Id": requestId,
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      { peer: () => caller },
    );
    const text = await response.text();
    return text === "" ? {} : JSON.parse(text);
  }
  const signIn = (given = password) => ask("POST", "/v1/sign-in", { username, password: given });
  return { ...service, ask, signIn };
}

describe("an event of a request", () => {
  test("tells its id and its address, whatever was asked for", async () => {
    const { ask, signIn, events } = start();
    await ask("POST", "/v1/sign-up", account);
    const { tokens } = await signIn();
    const { access_token: token, refresh_token } = tokens;

    await ask("POST", "/v1/token/refresh", { refresh_token });
    await ask("PUT", "/v1/me/mfa", { enabled: [] }, token);
    await ask("PATCH", "/v1/me", { attributes: { given_name: "A" } }, token);
    await ask("GET", "/v1/admin/users", undefined, token);
    await ask("GET", "/v1/session", undefined, "no-token");
    await ask("POST", "/v1/password/forgot", { username });
    await ask("POST", "/v1/password/reset", {
      username,
      code: "000000",
      new_password: "Other-Horse-8",
    });
    await ask("POST", "/v1/sign-out/everywhere", undefined, token);

    expect(events.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      "sign_up success",
      "sign_in success",
      "token_refresh success",
      "mfa_change success",
      "profile_update success",
      "administration failure",
      "token_rejection failure",
      "password_reset_request success",
      "password_reset failure",
      "sign_out_everywhere success",
    ]);
    for (const event of events) expect(event).toMatchObject({ requestId, address: caller });
  });

  test("tells the account that was named by its hash, known or not, in any case of letters", async () => {
    const { ask, signIn, events } = start();
    await ask("POST", "/v1/sign-up", account);
    await signIn();
    await signIn("Wrong-Horse-7");
    await ask("POST", "/v1/sign-in", { username: username.toUpperCase(), password });
    await ask("POST", "/v1/sign-in", { username: "nobody@example.com", password });

    expect(events.map(({ account }) => account)).toEqual([
      hash,
      hash,
      hash,
      hash,
      await accountHash("nobody@example.com"),
    ]);
    expect(JSON.stringify(events)).not.toMatch(/example\.com|Horse/i);
  });

  test("tells of a lockout whose it is", async () => {
    const { ask, signIn, events } = start();
    await ask("POST", "/v1/sign-up", account);
    for (let tries = 0; tries < 5; tries += 1) await signIn("Wrong-Horse-7");

    expect(events.at(-1)).toEqual({
      type: "rate_limit",
      outcome: "failure",
      at: expect.any(Number),
      account: hash,
      code: "too_many_attempts",
      policy: "sign_in_by_account_and_address",
      requestId,
      address: caller,
    });
  });

  test("tells a sign-in that ended well from one that asks for more", async () => {
    const { identity, signIn, ask, events } = start();
    const name = "grace@example.com";
    await identity.createUser({ username: name, attributes: { email: name }, invite: false });
    await identity.setPassword({ username: name, password, isPermanent: false });
    await ask("POST", "/v1/sign-up", account);
    await signIn();
    await ask("POST", "/v1/sign-in", { username: name, password });

    const signIns = events.filter(({ type }) => type === "sign_in");
    expect(signIns.map(({ outcome, challenge }) => [outcome, challenge])).toEqual([
      ["success", undefined],
      ["success", "new_password"],
    ]);
  });

  test("has nothing of what was sent but what it says that it has", async () => {
    const { ask, signIn, events } = start();
    await ask("POST", "/v1/sign-up", account);
    await signIn();

    const members = new Set(events.flatMap((event) => Object.keys(event)));
    expect([...members].toSorted()).toEqual(
      ["account", "address", "at", "outcome", "requestId", "type"].toSorted(),
    );
  });
});
