import { decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { describe, expect, it, vi } from "vitest";
import { createSigningKeys } from "../../../../src/adapters/memory/index.ts";
import {
  ada,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  readPart,
  signUpAndIn,
  signUpConfirmed,
  startSeconds,
  type TestProvider,
  tokensOf,
} from "../support.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("tokens", () => {
  it("have a header of key id and algorithm, and nothing else", async () => {
    const { accessToken, idToken } = await signUpAndIn(createProvider());

    for (const token of [accessToken, idToken])
      expect(readPart(token, 0)).toEqual({
        kid: expect.stringMatching(/^[\w+/]{43}=$/),
        alg: "RS256",
      });
  });

  it("are signed with one published key for access tokens and another for ID tokens", async () => {
    const provider = createProvider();
    const { accessToken, idToken } = await signUpAndIn(provider);

    const { keys } = await provider.keys.current();

    const kids = [idToken, accessToken].map((token) => decodeProtectedHeader(token).kid);
    expect(keys.map(({ kid }) => kid)).toEqual(kids);
    expect(new Set(kids).size).toBe(2);
    for (const [index, token] of [idToken, accessToken].entries()) {
      const key = await importJWK({ ...keys[index] });
      await jwtVerify(token, key, { currentDate: new Date(provider.clock.now()) });
    }
  });

  it("come with keys of 2048 bits that publish what a verifier needs and nothing else", async () => {
    const { keys } = await createProvider().keys.current();

    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ alg: "RS256", kty: "RSA", use: "sig" });
      expect(Buffer.from(String(key.n), "base64url")).toHaveLength(256);
    }
  });

  it("come with keys that are made once, when they are first asked for", async () => {
    const generate = vi.spyOn(crypto.subtle, "generateKey");
    const { keys } = createProvider({ signingKeys: undefined });
    expect(generate).not.toHaveBeenCalled();

    const asked = await Promise.all([keys.current(), keys.refresh(), keys.current()]);

    expect(generate).toHaveBeenCalledTimes(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
    generate.mockRestore();
  });

  it("are signed with keys that are given, which any number of providers can share, until they are rotated", async () => {
    const generate = vi.spyOn(crypto.subtle, "generateKey");
    const signingKeys = createSigningKeys();
    const [one, other] = [createProvider({ signingKeys }), createProvider({ signingKeys })];

    const shared = [await one.keys.current(), await other.keys.current()];

    expect(generate).toHaveBeenCalledTimes(2);
    expect(shared[1]).toEqual(shared[0]);
    one.rotateKeys();
    expect((await one.keys.current()).keys).toHaveLength(4);
    expect(await other.keys.current()).toEqual(shared[0]);
    generate.mockRestore();
  });

  it("come with a key set that needs no vetting again, as it is given as one and the same", async () => {
    const { keys } = createProvider();

    const first = keys.current();

    expect(keys.current()).toBe(first);
    expect(keys.refresh()).toBe(first);
    await first;
    expect(keys.current()).toBe(first);
  });

  it("carry Cognito's claims for access", async () => {
    const { accessToken } = await signUpAndIn(createProvider());

    const claims = readPart(accessToken, 1);

    expect(claims).toEqual({
      sub: expect.stringMatching(uuid),
      iss: "https://memory.portico.invalid",
      client_id: "portico_memory",
      origin_jti: expect.stringMatching(uuid),
      event_id: expect.stringMatching(uuid),
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      auth_time: startSeconds,
      exp: startSeconds + 3600,
      iat: startSeconds,
      jti: expect.stringMatching(uuid),
      username: claims.sub,
    });
  });

  it("carry Cognito's claims for the client, the user's attributes among them", async () => {
    const provider = createProvider();
    const attributes = { phone_number: "+14155550123", "custom:tenant": "42" };
    const { accessToken, idToken } = await signUpAndIn(provider, { ...ada, attributes });

    const claims = readPart(idToken, 1);

    const { sub, origin_jti, event_id } = readPart(accessToken, 1);
    expect(claims).toEqual({
      sub,
      iss: provider.issuer,
      aud: provider.clientId,
      origin_jti,
      event_id,
      token_use: "id",
      auth_time: startSeconds,
      exp: startSeconds + 3600,
      iat: startSeconds,
      jti: expect.stringMatching(uuid),
      "cognito:username": sub,
      email: "ada@example.com",
      email_verified: true,
      phone_number: "+14155550123",
      phone_number_verified: false,
      "custom:tenant": "42",
    });
    expect(claims.jti).not.toBe(readPart(accessToken, 1).jti);
  });

  it("live as long as they are told to", async () => {
    const provider = createProvider({ tokenSeconds: { access: 60, id: 120 } });
    await signUpConfirmed(provider);

    const tokens = await tokensOf(provider.identity.signIn(ada));

    expect(tokens.expiresIn).toBe(60);
    expect(readPart(tokens.accessToken, 1).exp).toBe(startSeconds + 60);
    expect(readPart(tokens.idToken ?? "", 1).exp).toBe(startSeconds + 120);
  });

  it("name the issuer and the client that they are told to", async () => {
    const provider = createProvider({ issuer: "https://id.example", clientId: "web" });

    const { accessToken, idToken } = await signUpAndIn(provider);

    expect(readPart(accessToken, 1)).toMatchObject({ iss: "https://id.example", client_id: "web" });
    expect(readPart(idToken, 1)).toMatchObject({ iss: "https://id.example", aud: "web" });
  });

  it("keep session and time of sign-in through a refresh, and are new in all else", async () => {
    const provider = createProvider();
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    const before = readPart(accessToken, 1);
    provider.clock.advance(600);

    const refreshed = await provider.identity.refresh({ refreshToken });

    const after = readPart(refreshed.accessToken, 1);
    expect(after).toEqual({
      ...before,
      iat: startSeconds + 600,
      exp: startSeconds + 4200,
      jti: expect.stringMatching(uuid),
    });
    expect(after.jti).not.toBe(before.jti);
    expect(refreshed).not.toHaveProperty("refreshToken");
  });
});

/** Every operation that an access token opens. */
const operations = {
  getProfile: ({ identity }: TestProvider, accessToken: string) =>
    identity.getProfile({ accessToken }),
  signOutEverywhere: ({ identity }: TestProvider, accessToken: string) =>
    identity.signOutEverywhere({ accessToken }),
  deleteAccount: ({ identity }: TestProvider, accessToken: string) =>
    identity.deleteAccount({ accessToken }),
  changePassword: ({ identity }: TestProvider, accessToken: string) =>
    identity.changePassword({ accessToken, currentPassword: ada.password, newPassword }),
};

describe.each(Object.entries(operations))("%s", (_, operation) => {
  it("takes an access token to its last second and not on its end", async () => {
    const inTime = createProvider();
    const late = createProvider();
    const [good, expired] = [await signUpAndIn(inTime), await signUpAndIn(late)];
    inTime.clock.advance(3599);
    late.clock.advance(3600);

    expect(await outcomeOf(operation(inTime, good.accessToken))).toBe("done");
    expect(await outcomeOf(operation(late, expired.accessToken))).toBe("token_expired");
  });

  it("refuses an access token that another provider signed", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const other = await signUpAndIn(createProvider({ signingKeys: undefined }));

    expect(await outcomeOf(operation(provider, other.accessToken))).toBe("invalid_token");
  });

  it("refuses as revoked the tokens of a session that has ended, whichever way", async () => {
    for (const end of ["signOut", "signOutEverywhere", "deleteAccount"] as const) {
      const provider = createProvider();
      const tokens = await signUpAndIn(provider);

      await provider.identity[end](tokens);

      expect(await outcomeOf(operation(provider, tokens.accessToken))).toBe("token_revoked");
    }
  });

  it("takes the access token of the last refresh though the session cannot be refreshed any more", async () => {
    const provider = createProvider({ tokenSeconds: { refresh: 7200 } });
    const { refreshToken } = await signUpAndIn(provider);
    provider.clock.advance(7199);
    const { accessToken } = await provider.identity.refresh({ refreshToken });

    provider.clock.advance(3599);

    expect(await outcomeOf(provider.identity.refresh({ refreshToken }))).toBe(
      "invalid_refresh_token",
    );
    expect(await outcomeOf(operation(provider, accessToken))).toBe("done");
  });
});

describe("an account that was deleted", () => {
  it("leaves nothing to whoever takes the name next", async () => {
    const provider = createProvider();
    const tokens = await signUpAndIn(provider);
    await provider.identity.startPasswordReset(ada);
    const code = lastCode(provider, ada.username, "password_reset");
    await provider.identity.deleteAccount(tokens);
    expect(provider.outbox.messagesFor(ada.username)).toEqual([]);
    await signUpConfirmed(provider, { ...ada, password: newPassword });

    const reset = provider.identity.resetPassword({ ...ada, code, newPassword: ada.password });

    expect(await outcomeOf(reset)).toBe("code_expired");
    expect(await outcomeOf(provider.identity.refresh(tokens))).toBe("invalid_refresh_token");
    expect(await outcomeOf(provider.identity.getProfile(tokens))).toBe("token_revoked");
  });
});
