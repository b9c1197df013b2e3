import { describe, expect, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import type { MfaMethod } from "../../../src/domain/challenge.ts";
import { challengeOf, password, startService } from "../support.ts";

/**
 * Where a second factor is required and the only one needs an address, a user without one can still get in.
 *
 * @see https://github.com/aws-amplify/amplify-js/issues/14013
 */
const name = "ada";
const own = { email_code: "ada@example.com", sms_code: "+14155550123" } as const;
const address = { email_code: "lovelace@example.com", sms_code: "+14155550199" } as const;

/** A service whose users have plain names, and one who was let in without any address, or with some. */
async function start(
  mfaMethods: readonly MfaMethod[],
  attributes: Record<string, string> = {},
  options: MemoryIdentityProviderOptions = {},
) {
  const provider = { signInModel: "username", mfa: "required", mfaMethods, ...options } as const;
  const service = startService({ provider });
  await service.identity.createUser({ username: name, attributes, invite: false });
  await service.identity.setPassword({ username: name, password, isPermanent: true });
  const begin = async () =>
    challengeOf(await service.send("POST", "/v1/sign-in", { body: { username: name, password } }));
  const answer = (body: object) => service.send("POST", "/v1/sign-in/challenge", { body });
  const choose = async (more: object) => {
    const { type, session } = await begin();
    return answer({ type, session, ...more });
  };
  return { ...service, begin, answer, choose, code: () => service.lastCode(name) };
}

describe.each(["email_code", "sms_code"] as const)("a user who needs %s", (method) => {
  const attribute = method === "email_code" ? "email" : "phone_number";

  test("names an address, proves it, and is asked for codes there from then on", async () => {
    const { begin, answer, choose, code, send } = await start([method]);
    const first = await begin();

    const sent = challengeOf(await choose({ method, address: address[method] }));
    const { body } = await answer({ type: method, session: sent.session, code: code() });

    expect([first.type, first.methods]).toEqual(["mfa_setup", [method]]);
    expect([sent.type, JSON.stringify(sent).includes(address[method])]).toEqual([method, false]);
    expect(body.status).toBe("signed_in");
    const { access_token: token } = Object(body.tokens);
    const profile = await send("GET", "/v1/me", { token });
    expect(profile.body.attributes).toMatchObject({
      [attribute]: address[method],
      [`${attribute}_verified`]: true,
    });
    expect((await send("GET", "/v1/me/mfa", { token })).body).toEqual({
      enabled: [method],
      recovery_codes: { left: 0 },
    });
    expect((await begin()).type).toBe(method);
  });

  test("has the address that is there proven, and puts no other in its place", async () => {
    const { answer, choose, code } = await start([method], { [attribute]: own[method] });

    const other = await choose({ method, address: address[method] });
    const sent = challengeOf(await choose({ method }));
    const { body } = await answer({ type: method, session: sent.session, code: code() });

    expect(other.body.errors).toEqual([{ pointer: "/address", reason: "already_set" }]);
    expect(body.status).toBe("signed_in");
  });

  test("gets nothing by a wrong code", async () => {
    const { begin, answer, choose } = await start([method]);
    const sent = challengeOf(await choose({ method, address: address[method] }));

    const wrong = await answer({ type: method, session: sent.session, code: "000000x" });

    expect([wrong.status, wrong.body.code]).toEqual([422, "code_mismatch"]);
    expect((await begin()).type).toBe("mfa_setup");
  });

  test("can have the code sent again, to the same address", async () => {
    const { answer, choose, code, send, outbox } = await start([method]);
    const { session } = challengeOf(await choose({ method, address: address[method] }));

    await send("POST", "/v1/sign-in/challenge/resend", { body: { session } });
    const { body } = await answer({ type: method, session, code: code() });

    const destinations = outbox.messagesFor(name).map(({ destination }) => destination);
    expect(destinations).toEqual([address[method], address[method]]);
    expect(body.status).toBe("signed_in");
  });

  test("has no stranger's address written to without end, whichever accounts ask and by whatever way", async () => {
    const limits = { unprovenAddressesPerHour: 3 };
    const { choose, send, outbox, identity } = await start([method], {}, { limits });
    const stranger = { method, address: address[method] };

    const { session } = challengeOf(await choose(stranger));
    const again = await send("POST", "/v1/sign-in/challenge/resend", { body: { session } });
    const third = await choose(stranger);
    const fourth = await choose(stranger);
    const fifth = await send("POST", "/v1/sign-in/challenge/resend", { body: { session } });
    await identity.createUser({ username: "eve", attributes: {}, invite: false });
    await identity.setPassword({ username: "eve", password, isPermanent: true });
    const credentials = { username: "eve", password };
    const eve = challengeOf(await send("POST", "/v1/sign-in", { body: credentials }));
    const sixth = await send("POST", "/v1/sign-in/challenge", {
      body: { type: eve.type, session: eve.session, ...stranger },
    });

    expect([again.status, third.status]).toEqual([202, 200]);
    expect([fourth, fifth, sixth].map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(outbox.messagesFor(name)).toHaveLength(3);
  });

  test.each([
    ["no address", {}, "required"],
    ["what is none", { address: "nowhere" }, "invalid_format"],
  ])("is told that %s will not do", async (_what, more, reason) => {
    const { choose } = await start([method]);

    const refused = await choose({ method, ...more });

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([{ pointer: "/address", reason }]);
  });
});

test("an address goes with no method that sends nothing, nor with a code", async () => {
  const { choose } = await start(["totp", "email_code"]);
  const named = { address: address.email_code };

  for (const more of [{ method: "totp" }, { code: "123456" }]) {
    const { body } = await choose({ ...more, ...named });
    expect(body.errors).toEqual([{ pointer: "/address", reason: "not_allowed" }]);
  }
});

test("an address that signs somebody else in is not taken from them", async () => {
  const { answer, choose, code, identity } = await start(
    ["email_code"],
    {},
    { signInModel: "alias" },
  );
  const attributes = { email: address.email_code, email_verified: "true" };
  await identity.createUser({ username: "eve", attributes, invite: false });
  const sent = challengeOf(await choose({ method: "email_code", address: address.email_code }));

  const refused = await answer({ type: "email_code", session: sent.session, code: code() });

  expect([refused.status, refused.body.code]).toEqual([409, "alias_taken"]);
});

test("where nothing can be set up, that is said in place of a challenge that nothing answers", async () => {
  const { send } = await start([]);

  const { status, body } = await send("POST", "/v1/sign-in", {
    body: { username: name, password },
  });

  expect([status, body.code]).toEqual([409, "mfa_not_available"]);
});
