import { describe, expect, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { challengeOf, failing, password, startService, username } from "../support.ts";

const signedIn = { status: "signed_in", tokens: expect.objectContaining({ token_type: "Bearer" }) };

/** A service with one user, and a way to sign in and to answer. */
async function start(provider: MemoryIdentityProviderOptions = {}) {
  const service = startService({ provider });
  await service.signUp();
  return {
    ...service,
    begin: (body: object = { password }) =>
      service.send("POST", "/v1/sign-in", { body: { username, ...body } }),
    answer: (body: object) => service.send("POST", "/v1/sign-in/challenge", { body }),
  };
}

describe("signIn", () => {
  test("begins with a code by mail, and ends with it", async () => {
    const { begin, answer, lastCode } = await start();

    const { type, session, ...rest } = challengeOf(await begin({ factor: "email_code" }));
    const { status, headers, body } = await answer({ type, session, code: lastCode() });

    expect([type, rest]).toEqual([
      "email_code",
      { delivery: { medium: "email", destination: "a***@e***" } },
    ]);
    expect([status, body]).toEqual([200, signedIn]);
    expect(headers.get("Cache-Control")).toBe("no-store");
  });

  test("gives an unknown user who asks for a code the challenge of a known one", async () => {
    const { begin } = await start();

    const known = challengeOf(await begin({ factor: "email_code" }));
    const unknown = challengeOf(await begin({ username: "a@e.com", factor: "email_code" }));

    expect({ ...unknown, session: known.session.length }).toMatchObject({
      ...known,
      session: unknown.session.length,
      delivery: { medium: "email", destination: expect.any(String) },
    });
  });

  test("asks what to begin with where nothing is said of it", async () => {
    const { begin, answer } = await start();

    const { type, session, factors } = challengeOf(await begin({}));
    const { body } = await answer({ type, session, factor: "password", password });

    expect([type, factors]).toEqual([
      "select_factor",
      expect.arrayContaining(["password", "email_code"]),
    ]);
    expect(body).toEqual(signedIn);
  });

  test.each([
    ["a password for a code", { factor: "email_code", password }, "not_allowed"],
    ["no password for one", { factor: "password" }, "required"],
  ])("refuses %s", async (_case, body, reason) => {
    const { begin } = await start();

    const answer = await begin(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: "/password", reason }]);
  });

  test("refuses a factor that nobody knows", async () => {
    const { begin } = await start();

    const { body } = await begin({ factor: "horoscope" });

    expect(body.errors).toEqual([{ pointer: "/factor", reason: "invalid_value" }]);
  });
});

describe("answerChallenge", () => {
  test("takes a new password in place of a temporary one, with what is required", async () => {
    const { identity, begin, answer, lastCode } = await start({ requiredAttributes: ["name"] });
    const name = "grace@example.com";
    await identity.createUser({ username: name, attributes: { email: name } });
    const temporary = { username: name, password: lastCode(name) };

    const { type, session, required_attributes } = challengeOf(await begin(temporary));
    const fresh = { type, session, new_password: "Better-Horse-8" };
    const weak = await answer({ ...fresh, new_password: "horse" });
    const bare = await answer(fresh);
    const { body } = await answer({ ...fresh, attributes: { name: "Grace" } });

    expect([type, required_attributes]).toEqual(["new_password", ["name"]]);
    expect([weak.status, weak.body.errors]).toEqual([
      422,
      [{ pointer: "/new_password", reason: "too_short" }],
    ]);
    expect([bare.status, bare.body.errors]).toEqual([
      400,
      [{ pointer: "/attributes/name", reason: "required" }],
    ]);
    expect(body).toEqual(signedIn);
  });

  test("sets a second factor up where one is required", async () => {
    const { begin, answer } = await start({ mfa: "required", mfaMethods: ["totp"] });

    const first = challengeOf(await begin());
    const { type } = first;
    const chosen = await answer({ type, session: first.session, method: "totp" });
    const { session, totp, methods } = challengeOf(chosen);
    const { secret, uri } = Object(totp);
    const code = await totpAt(secret, Date.now());
    const { body } = await answer({ type, session, code, device_name: "phone" });

    expect([type, first.methods, first.totp, methods]).toEqual([
      "mfa_setup",
      ["totp"],
      undefined,
      ["totp"],
    ]);
    const label = `Portico:${encodeURIComponent(username)}`;
    expect(uri).toBe(`otpauth://totp/${label}?secret=${secret}&issuer=Portico`);
    expect(body).toEqual(signedIn);
  });

  test("asks for the app's code, and takes each once", async () => {
    let now = Date.now();
    const { send, signIn, begin, answer } = await start({ clock: { now: () => now } });
    const { access_token: token } = await signIn();
    const started = await send("POST", "/v1/me/mfa/totp", { token });
    const secret = String(started.body.secret);
    const confirm = { code: await totpAt(secret, now), device_name: "phone" };
    await send("POST", "/v1/me/mfa/totp/confirm", { token, body: confirm });
    await send("PUT", "/v1/me/mfa", { token, body: { enabled: ["totp"] } });
    now += 60_000;

    const { type, session, device_name } = challengeOf(await begin());
    const proof = { type, session, code: await totpAt(secret, now) };
    const wrong = await answer({ ...proof, code: "12345" });
    const right = await answer(proof);
    const again = await answer(proof);
    const later = challengeOf(await begin());
    const replayed = await answer({ ...proof, session: later.session });

    expect([type, device_name]).toEqual(["totp", "phone"]);
    expect([wrong.status, wrong.body.code]).toEqual([422, "code_mismatch"]);
    expect(right.body).toEqual(signedIn);
    expect([again.status, again.body.code]).toEqual([401, "challenge_expired"]);
    expect(replayed.body.code).toBe("code_mismatch");
  });

  test("asks the operator's own question", async () => {
    const parameters = { question: "6 × 7" };
    const { begin, answer } = await start({
      customChallenge: {
        next: ({ rounds: [first] }) => {
          if (!first) return { action: "ask", parameters, expected: "42" };
          return { action: first.isRight ? "admit" : "refuse" };
        },
      },
    });

    const { type, session, parameters: shown } = challengeOf(await begin({ factor: "custom" }));
    const { body } = await answer({ type, session, answer: "42" });

    expect([type, shown]).toEqual(["custom", parameters]);
    expect(body).toEqual(signedIn);
  });

  test("takes no session that was made up, or that is another challenge's", async () => {
    const { begin, answer, lastCode } = await start();
    const { session } = challengeOf(await begin({ factor: "email_code" }));

    const invented = await answer({ type: "totp", session: "invented", code: "123456" });
    const crossed = await answer({ type: "sms_code", session, code: lastCode() });

    expect([invented.status, invented.body.code]).toEqual([401, "challenge_expired"]);
    expect([crossed.status, crossed.body.code]).toEqual([401, "challenge_expired"]);
    expect(invented.headers.get("WWW-Authenticate")).toBe('Bearer realm="portico"');
  });

  test.each([
    ["code_expired", 422],
    ["password_reused", 422],
    ["passkey_rejected", 422],
    ["mfa_not_available", 409],
    ["invalid_credentials", 401],
    ["too_many_attempts", 429],
  ] as const)("answers %s with %i", async (code, expected) => {
    const { send } = startService({ ports: failing("answerChallenge", new IdentityError(code)) });

    const { status, body } = await send("POST", "/v1/sign-in/challenge", {
      body: { type: "totp", session: "s", code: "1" },
    });

    expect([status, body.code]).toEqual([expected, code]);
  });
});

/**
 * @see https://github.com/aws-amplify/amplify-js/issues/6676
 * @see https://github.com/aws-amplify/amplify-js/issues/2010
 */
describe("resendChallengeCode", () => {
  const path = "/v1/sign-in/challenge/resend";

  test("sends another code for the same session, without the password", async () => {
    const { send, signUp, lastCode } = startService();
    await signUp();
    const { session } = challengeOf(
      await send("POST", "/v1/sign-in", { body: { username, factor: "email_code" } }),
    );
    const first = lastCode();

    const { status, body } = await send("POST", path, { body: { session } });

    const answer = (code: string) =>
      send("POST", "/v1/sign-in/challenge", { body: { type: "email_code", session, code } });
    expect([status, body]).toEqual([202, { status: "accepted" }]);
    expect((await answer(first)).body.code).toBe("code_mismatch");
    expect((await answer(lastCode())).body.status).toBe("signed_in");
  });

  test("answers the same where there is nobody to send a code to", async () => {
    const { send } = startService();
    const { session } = challengeOf(
      await send("POST", "/v1/sign-in", { body: { username, factor: "email_code" } }),
    );

    const { status, body } = await send("POST", path, { body: { session } });

    expect([status, body]).toEqual([202, { status: "accepted" }]);
  });

  test.each([
    ["an invented session", {}, 401, "challenge_expired"],
    [
      "a provider that cannot",
      { ports: failing("resendChallengeCode", new IdentityError("not_supported")) },
      501,
      "not_supported",
    ],
  ])("is refused for %s", async (_what, options, status, code) => {
    const { send } = startService(options);

    const refused = await send("POST", path, { body: { session: "invented" } });

    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  test("gives no more guesses at a code that stands for the password", async () => {
    const { send, signUp } = startService();
    await signUp();
    const { session } = challengeOf(
      await send("POST", "/v1/sign-in", { body: { username, factor: "email_code" } }),
    );
    const guess = () =>
      send("POST", "/v1/sign-in/challenge", {
        body: { type: "email_code", session, code: "12345678" },
      });
    for (let tries = 0; tries < 5; tries += 1) await guess();

    await send("POST", path, { body: { session } });

    expect((await guess()).body.code).toBe("too_many_attempts");
  });
});
