import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { failing, password, startService, username } from "../support.ts";

describe("getProfile", () => {
  test("gives the user's attributes, with what was proven as a boolean", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, headers, body } = await send("GET", "/v1/me", { token });

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(body).toEqual({
      sub: expect.any(String),
      username: expect.any(String),
      attributes: expect.objectContaining({
        email: username,
        email_verified: true,
        given_name: "Ada",
      }),
    });
  });

  test("answers a HEAD as the GET without its body", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const allowed = await send("HEAD", "/v1/me", { token });
    const refused = await send("HEAD", "/v1/me");

    expect([allowed.status, allowed.text]).toEqual([200, ""]);
    expect([refused.status, refused.text]).toEqual([401, ""]);
  });
});

describe("deleteAccount", () => {
  test("deletes the account for good", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, text } = await send("DELETE", "/v1/me", { token });

    const again = await send("DELETE", "/v1/me", { token });
    const signIn = await send("POST", "/v1/sign-in", { body: { username, password } });
    expect([status, text]).toEqual([204, ""]);
    expect(again.body.code).toBe("token_revoked");
    expect(signIn.status).toBe(401);
  });
});

describe("updateProfile", () => {
  test("sets attributes, deletes those that are blank, and leaves the others", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("PATCH", "/v1/me", {
      token,
      body: { attributes: { name: "Ada", given_name: "" } },
    });

    const { body: profile } = await send("GET", "/v1/me", { token });
    expect([status, body]).toEqual([200, { verification_required: [] }]);
    expect(profile.attributes).toMatchObject({ name: "Ada", email: username });
    expect(profile.attributes).not.toHaveProperty("given_name");
  });

  test("lets a new address count once it was proven", async () => {
    const { send, signedIn, outbox } = startService();
    const { access_token: token } = await signedIn();
    const email = "lovelace@example.com";
    const shown = async () => Object(await send("GET", "/v1/me", { token })).body.attributes.email;

    const changed = await send("PATCH", "/v1/me", { token, body: { attributes: { email } } });
    const before = await shown();
    const target = "/v1/me/attributes/email/verification/confirm";
    const code = [username, email].flatMap((name) => outbox.messagesFor(name)).at(-1)?.code;
    const wrong = await send("POST", target, { token, body: { code: "not-it" } });
    const confirmed = await send("POST", target, { token, body: { code } });

    expect(changed.body).toEqual({
      verification_required: [
        { attribute: "email", delivery: { medium: "email", destination: "l***@e***" } },
      ],
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, "code_mismatch"]);
    expect([confirmed.status, before, await shown()]).toEqual([204, username, email]);
  });

  /** @see https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/03-Identity_Management_Testing/04-Testing_for_Account_Enumeration_and_Guessable_User_Account */
  test("answers alike for an address that is another account's and one that is nobody's", async () => {
    const { send, signedIn, identity } = startService();
    const { access_token: token } = await signedIn();
    await identity.signUp({ username: "bob@example.com", password, attributes: {} });
    const answerTo = async (email: string) => {
      const { status, text } = await send("PATCH", "/v1/me", {
        token,
        body: { attributes: { email } },
      });
      return [status, text];
    };

    expect(await answerTo("bob@example.com")).toEqual(await answerTo("ben@example.com"));
  });

  test("says that an address is needed that a second factor goes to", async () => {
    const { send, signIn, identity, lastCode } = startService({
      provider: { signInModel: "username" },
    });
    await identity.signUp({ username, password, attributes: { email: username } });
    await identity.confirmSignUp({ username, code: lastCode() });
    const { access_token: token } = await signIn();
    await send("PUT", "/v1/me/mfa", { token, body: { enabled: ["email_code"] } });

    const refused = await send("PATCH", "/v1/me", { token, body: { attributes: { email: "" } } });

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { pointer: "/attributes/email", reason: "second_factor" },
    ]);
  });

  test.each<[string, object, number, string, string | undefined]>([
    ["no attributes", {}, 400, "validation_failed", "/attributes"],
    [
      "a value that is no text",
      { attributes: { email_verified: true } },
      400,
      "validation_failed",
      "/attributes/email_verified",
    ],
    [
      "an attribute that is the provider's",
      { attributes: { email_verified: "true" } },
      403,
      "attribute_not_writable",
      undefined,
    ],
    ["a member beside them", { attributes: {}, sub: "x" }, 400, "validation_failed", "/sub"],
  ])("refuses %s", async (_case, body, status, code, pointer) => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const refused = await send("PATCH", "/v1/me", { token, body });

    expect([refused.status, refused.body.code]).toEqual([status, code]);
    if (pointer) {
      expect(refused.body.errors).toEqual([{ pointer, reason: expect.any(String) }]);
    }
  });

  test.each([
    ["alias_taken", 409],
    ["delivery_failed", 502],
  ] as const)("answers %s with %i", async (code, expected) => {
    const { send, signedIn } = startService({
      ports: failing("updateAttributes", new IdentityError(code)),
    });
    const { access_token: token } = await signedIn();

    const { status, body } = await send("PATCH", "/v1/me", { token, body: { attributes: {} } });

    expect([status, body.code]).toEqual([expected, code]);
  });
});

describe("startAttributeVerification", () => {
  test("sends a code, and tells its owner where to", async () => {
    const { send, signedIn, outbox } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("POST", "/v1/me/attributes/email/verification", { token });

    expect([status, body]).toEqual([
      202,
      { delivery: { medium: "email", destination: "a***@e***" } },
    ]);
    expect(outbox.messagesFor(username).at(-1)?.purpose).toBe("attribute_verification");
  });

  test.each(["phone_number", "nickname", "constructor"])(
    "names the parameter where %s is no address of the user's",
    async (name) => {
      const { send, signedIn } = startService();
      const { access_token: token } = await signedIn();

      const { status, body } = await send("POST", `/v1/me/attributes/${name}/verification`, {
        token,
      });

      expect(status).toBe(400);
      expect(body.errors).toEqual([{ pointer: "/name", reason: expect.any(String) }]);
    },
  );
});
