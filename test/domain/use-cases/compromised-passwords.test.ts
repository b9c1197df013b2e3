import { describe, expect, test } from "vitest";
import { createCommonPasswords } from "../../../src/adapters/compromised-passwords/index.ts";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { defaultLimitPolicies } from "../../../src/domain/rate-limit-policies.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { ada, administrators } from "../../http/admin-support.ts";
import { account, challengeOf, password, startService, username } from "../../http/support.ts";

/** One of the most common ones, by other letters: the provider's own rules let it through. */
const common = "Password1";
const passwordPolicy = { requireSymbol: false };

const compromised = (member: string) => ({
  status: 422,
  code: "password_compromised",
  errors: [{ pointer: `/${member}`, reason: "compromised" }],
});

type Service = ReturnType<typeof startService>;

const start = (ports: Partial<Ports> = {}) =>
  startService({
    provider: { passwordPolicy },
    administrators,
    ports: () => ({ compromisedPasswords: createCommonPasswords(), ...ports }),
  });

async function answerTo(service: Service, ...request: Parameters<Service["send"]>) {
  const { status, body } = await service.send(...request);
  return { status, code: body.code, errors: body.errors };
}

describe("a password that attackers know", () => {
  test("is refused at a sign-up, whether or not the name is taken", async () => {
    const service = start();
    await service.signUp();
    const names = [username, "eve@example.com"];
    const answers = names.map((name) =>
      answerTo(service, "POST", "/v1/sign-up", {
        body: { ...account, username: name, password: common },
      }),
    );

    expect(await Promise.all(answers)).toEqual(Array(2).fill(compromised("password")));
    expect(service.outbox.messagesFor("eve@example.com")).toEqual([]);
  });

  test("is refused with a code, which lives on", async () => {
    const service = start();
    await service.send("POST", "/v1/sign-up", { body: account });
    const body = { username, code: service.lastCode() };
    const path = "/v1/sign-up/confirm";
    const refused = await answerTo(service, "POST", path, { body: { ...body, password: common } });
    const taken = await service.send("POST", path, { body: { ...body, password } });
    await service.send("POST", "/v1/password/forgot", { body: { username } });
    const reset = { username, code: service.lastCode(), new_password: common };
    const refusedReset = await answerTo(service, "POST", "/v1/password/reset", { body: reset });
    const good = { ...reset, new_password: "Another-Horse-8" };

    expect([refused, taken.status]).toEqual([compromised("password"), 200]);
    expect(refusedReset).toEqual(compromised("new_password"));
    expect((await service.send("POST", "/v1/password/reset", { body: good })).status).toBe(200);
  });

  test("is refused in the place of another, and counts as no guess at that", async () => {
    const limiter = createMemoryRateLimiter();
    const service = start({ limits: { limiter, policies: defaultLimitPolicies } });
    const { access_token: token } = await service.signedIn();
    const change = (next: string) =>
      answerTo(service, "POST", "/v1/password/change", {
        token,
        body: { current_password: password, new_password: next },
      });
    const answers = [];
    while (answers.length < 25) answers.push(await change(common));

    expect(answers).toEqual(Array(25).fill(compromised("new_password")));
    expect((await change("Another-Horse-8")).status).toBe(204);
  });

  test("is refused from an administrator, and from whoever was invited", async () => {
    const service = start();
    await service.signUp();
    const token = await service.adminToken();
    const eve = { username: "eve@example.com", temporary_password: password };
    const refused = await answerTo(service, "POST", "/v1/admin/users", {
      token,
      body: { ...eve, temporary_password: common },
    });
    const set = await answerTo(service, "POST", `${ada}/set-password`, {
      token,
      body: { password: common },
    });
    await service.send("POST", "/v1/admin/users", { token, body: eve });
    const signIn = { username: eve.username, password };
    const { session } = challengeOf(await service.send("POST", "/v1/sign-in", { body: signIn }));
    const answer = { type: "new_password", session, new_password: common };
    const first = await answerTo(service, "POST", "/v1/sign-in/challenge", { body: answer });

    expect(refused).toEqual(compromised("temporary_password"));
    expect(set).toEqual(compromised("password"));
    expect(first).toEqual(compromised("new_password"));
  });

  test("is taken where nobody names a list", async () => {
    const { send } = startService({ provider: { passwordPolicy } });
    const { status } = await send("POST", "/v1/sign-up", {
      body: { ...account, password: common },
    });

    expect(status).toBe(201);
  });
});
