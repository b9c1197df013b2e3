import { describe, expect, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import type { Notice } from "../../../src/ports/index.ts";
import { account, adminGroup, password, startService, username } from "../../http/support.ts";

const other = "grace@example.com";

/** A service whose notices are kept, each with whom it went to. */
function start(provider: MemoryIdentityProviderOptions = {}) {
  const told: Notice[] = [];
  const service = startService({
    provider,
    ports: () => ({ notices: { tell: (notice) => told.push(notice) } }),
    administrators: { groups: [adminGroup], scopes: [] },
  });
  /** The notices that were told since the last time. */
  const notices = () =>
    Promise.all(
      told
        .splice(0)
        .map(async ({ kind, recipient, acceptLanguage }) => [
          kind,
          (await recipient())?.address,
          ...(acceptLanguage === undefined ? [] : [acceptLanguage]),
        ]),
    );
  return { ...service, notices };
}

describe("the owner of an address", () => {
  test("hears of a sign-up under it, in the language of the request, whose answer is as of any other", async () => {
    const { send, signUp, notices } = start();
    await signUp();
    expect(await notices()).toEqual([]);
    const headers = { "Accept-Language": "de" };

    const taken = await send("POST", "/v1/sign-up", { body: account, headers });
    const free = await send("POST", "/v1/sign-up", { body: { ...account, username: other } });

    expect([taken.status, taken.text]).toEqual([free.status, free.text]);
    expect(await notices()).toEqual([["account_exists", username, "de"]]);
  });

  test("is whoever has the account: no stranger hears of a name that somebody else has", async () => {
    const { identity, send, notices } = start({ signInModel: "alias", aliases: ["email"] });
    const attributes = { email: username, email_verified: "true" };
    await identity.createUser({ username: "ada", attributes, invite: false });
    const signUpWith = (email: string) =>
      send("POST", "/v1/sign-up", { body: { username: "ada", password, attributes: { email } } });

    const stranger = await signUpWith("stranger@example.com");
    const owner = await signUpWith(username);

    expect([stranger.status, owner.status]).toEqual([201, 201]);
    expect(await notices()).toEqual([
      ["account_exists", undefined],
      ["account_exists", username],
    ]);
  });

  test("is not whoever has an address that comes along with a number that is taken", async () => {
    const signInModel = "email_or_phone_number";
    const { identity, send, signedIn, notices } = start({ signInModel, verifyBeforeUpdate: false });
    const { access_token: token } = await signedIn();
    const number = "+491701234567";
    await identity.signUp({ username: number, password, attributes: {} });
    const attributes = { email: "stranger@example.com", phone_number: number };

    const answer = await send("PATCH", "/v1/me", { token, body: { attributes } });

    expect([answer.status, answer.body.code]).toEqual([409, "alias_taken"]);
    expect(await notices()).toEqual([["account_exists", undefined]]);
  });

  test("hears of somebody who changes to it, and that one is told of nothing", async () => {
    const { send, signedIn, lastCode, notices } = start({ verifyBeforeUpdate: false });
    const { access_token: token } = await signedIn();
    await send("POST", "/v1/sign-up", { body: { ...account, username: other } });
    const code = lastCode(other);
    await send("POST", "/v1/sign-up/confirm", { body: { username: other, code } });

    const answer = await send("PATCH", "/v1/me", { token, body: { attributes: { email: other } } });

    expect([answer.status, answer.body.code]).toEqual([409, "alias_taken"]);
    expect(await notices()).toEqual([["account_exists", other]]);
  });
});

describe("a user", () => {
  test("hears of a new password, however it came to be, and of all that an administrator changes", async () => {
    const { send, signedIn, lastCode, adminToken, notices } = start();
    const { access_token: token } = await signedIn();
    const next = "Another-Horse-8";
    await send("POST", "/v1/password/change", {
      token,
      body: { current_password: password, new_password: next },
    });
    expect(await notices()).toEqual([["password_changed", username]]);

    await send("POST", "/v1/password/forgot", { body: { username } });
    const code = lastCode();
    const body = { username, code, new_password: "Third-Horse-9" };
    expect((await send("POST", "/v1/password/reset", { body })).status).toBe(200);
    expect(await notices()).toEqual([["password_changed", username]]);

    const path = `/v1/admin/users/${username}/set-password`;
    const admin = { token: await adminToken() };
    const set = await send("POST", path, { ...admin, body: { password: next, permanent: true } });
    expect(set.status).toBe(204);
    expect(await notices()).toEqual([["password_changed", username]]);

    const admins = (method: string, rest: string, body?: unknown) =>
      send(method, `/v1/admin/users/${username}${rest}`, {
        ...admin,
        ...(body !== undefined && { body }),
      });
    expect((await admins("DELETE", "/mfa")).status).toBe(204);
    expect(await notices()).toEqual([["second_factors_changed", username]]);
    expect((await admins("PATCH", "", { attributes: { email: other } })).status).toBe(204);
    expect(await notices()).toEqual([["email_changed", username]]);
  });

  test("hears of a change of address at the one from before, and of one of the phone number", async () => {
    const { send, signedIn, notices } = start();
    const { access_token: token } = await signedIn();
    const change = (attributes: Readonly<Record<string, string>>) =>
      send("PATCH", "/v1/me", { token, body: { attributes } });

    expect((await change({ given_name: "Eve" })).status).toBe(200);
    expect((await change({ email: username })).status).toBe(200);
    expect((await change({ phone_number: "+491701234567" })).status).toBe(200);
    expect((await change({ email: other })).status).toBe(200);

    expect(await notices()).toEqual([
      ["phone_number_changed", username],
      ["email_changed", username],
    ]);
  });

  test("hears of a second factor", async () => {
    const { send, signedIn, notices } = start();
    const { access_token: token } = await signedIn();

    const answer = await send("PUT", "/v1/me/mfa", { token, body: { enabled: [] } });

    expect(answer.status).toBeLessThan(300);
    expect(await notices()).toEqual([["second_factors_changed", username]]);
  });

  test("whose address is not proven hears of nothing", async () => {
    const { identity, send, notices } = start();
    await identity.createUser({ username: other, attributes: { email: other }, invite: false });
    await identity.setPassword({ username: other, password, isPermanent: true });
    const { text } = await send("POST", "/v1/sign-in", { body: { username: other, password } });
    const token: string = JSON.parse(text).tokens.access_token;

    await send("POST", "/v1/password/change", {
      token,
      body: { current_password: password, new_password: "Another-Horse-8" },
    });

    expect(await notices()).toEqual([["password_changed", undefined]]);
  });
});
