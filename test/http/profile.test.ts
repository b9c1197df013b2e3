import { describe, expect, test } from "vitest";
import { password, startService, username } from "./support.ts";

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
