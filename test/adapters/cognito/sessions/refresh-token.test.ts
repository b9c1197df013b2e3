import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { wrapRefreshToken } from "../../../../src/adapters/cognito/sessions/refresh-token.ts";
import { accessTokenFor, answers, throws } from "../../../support/cognito-upstream-answers.ts";
import {
  clientId,
  clientSecret,
  password,
  providerAt,
  startPublicUpstream,
  startUpstream,
  tokensOf,
  username,
} from "../fixtures.ts";

const refreshByName = { refreshFlow: "REFRESH_TOKEN_AUTH" } as const;

/** An upstream, the adapter before it, and the refresh token of a sign-in. */
async function signedIn(options: Parameters<typeof providerAt>[1] = {}) {
  const upstream = await startUpstream();
  const identity = providerAt(upstream, options);
  const tokens = tokensOf(await identity.signIn({ username, password }));
  return { upstream, identity, refreshToken: tokens.refreshToken ?? "" };
}

describe("a refresh token", () => {
  it("holds what OAuth allows and no user name in clear", async () => {
    const { refreshToken } = await signedIn();

    expect(refreshToken).toMatch(/^[A-Za-z0-9\-._~]+$/);
    expect(refreshToken).not.toContain("generated");
  });

  it("goes to Cognito as it came from there", async () => {
    const { upstream, identity, refreshToken } = await signedIn();

    await identity.refresh({ refreshToken });
    await identity.signOut({ refreshToken });

    const [, refresh, revocation] = upstream.requests;
    expect(refresh?.input).toMatchObject({ RefreshToken: "refresh-1", ClientSecret: clientSecret });
    expect(revocation?.input).toMatchObject({ Token: "refresh-1", ClientSecret: clientSecret });
  });

  it.each(["GET_TOKENS_FROM_REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"] as const)(
    "that was altered anywhere is refused by %s and goes nowhere",
    async (refreshFlow) => {
      const { upstream, identity, refreshToken } = await signedIn({ refreshFlow });
      const altered = [...refreshToken].map(
        (character, index) =>
          refreshToken.slice(0, index) +
          (character === "A" ? "B" : "A") +
          refreshToken.slice(index + 1),
      );
      altered.push(refreshToken.slice(0, -1), `${refreshToken}A`, `A${refreshToken}`);
      // A separator that is gone, and one that came to be.
      altered.push(
        refreshToken.replace("~", "."),
        `~${refreshToken}`,
        `${refreshToken}~`,
        "~",
        "~~",
      );

      for (const other of altered) {
        await expect(identity.refresh({ refreshToken: other })).rejects.toMatchObject({
          code: "invalid_refresh_token",
        });
        await identity.signOut({ refreshToken: other });
      }

      expect(upstream.requests).toHaveLength(1);
    },
  );

  it("that somebody made up is Cognito's to judge", async () => {
    const upstream = await startUpstream();
    const invented = await wrapRefreshToken("invented", "eve", "guessed1example0123456789");
    upstream.script(
      "InitiateAuth",
      throws("NotAuthorizedException", `SecretHash does not match for the client: ${clientId}`),
    );

    const refreshed = providerAt(upstream, refreshByName).refresh({ refreshToken: invented });

    await expect(refreshed).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(upstream.requests).toHaveLength(1);
  });

  it.each(["A", "_w", "$", ""])(
    "that somebody sealed over %j for a name is refused",
    async (name) => {
      const upstream = await startUpstream();
      const tag = new Uint8Array(32);
      const checksum = createHash("sha256")
        .update(`portico refresh token\ninvented~${name}`)
        .update(tag)
        .digest()
        .subarray(0, 16);
      const seal = Buffer.concat([tag, checksum]).toString("base64url");

      const refreshed = providerAt(upstream).refresh({ refreshToken: `invented~${name}~${seal}` });

      await expect(refreshed).rejects.toMatchObject({ code: "invalid_refresh_token" });
      expect(upstream.requests).toHaveLength(0);
    },
  );

  it("is as good as ever after the secret was replaced, where no name is needed", async () => {
    const { upstream, refreshToken } = await signedIn();
    const afterwards = await startUpstream("replaced1example0123456789");
    const identity = providerAt(afterwards, { clientSecret: "replaced1example0123456789" });

    await expect(identity.refresh({ refreshToken })).resolves.toMatchObject({ expiresIn: 3600 });

    expect(afterwards.requests[0]?.input.RefreshToken).toBe("refresh-1");
    expect(upstream.requests).toHaveLength(1);
  });

  it("is as good as ever after the secret was replaced, by name", async () => {
    const { refreshToken } = await signedIn();
    const afterwards = await startUpstream("replaced1example0123456789");
    const options = { ...refreshByName, clientSecret: "replaced1example0123456789" };

    const refreshed = providerAt(afterwards, options).refresh({ refreshToken });

    await expect(refreshed).resolves.toMatchObject({ expiresIn: 3600 });
  });

  it("from before Portico works where no name is needed", async () => {
    const upstream = await startUpstream();

    const refreshed = providerAt(upstream).refresh({ refreshToken: "eyJjdHki.a.b.c.d" });

    await expect(refreshed).resolves.toMatchObject({ tokenType: "Bearer" });
    expect(upstream.requests[0]?.input.RefreshToken).toBe("eyJjdHki.a.b.c.d");
  });

  it("from before Portico is refused where a name is needed", async () => {
    const upstream = await startUpstream();

    const refreshed = providerAt(upstream, refreshByName).refresh({
      refreshToken: "eyJjdHki.a.b.c.d",
    });

    await expect(refreshed).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(upstream.requests).toHaveLength(0);
  });

  it("of a public client is Cognito's own", async () => {
    const upstream = await startPublicUpstream();

    const signIn = providerAt(upstream, { clientSecret: undefined }).signIn({ username, password });

    await expect(signIn).resolves.toMatchObject({ tokens: { refreshToken: "refresh-1" } });
  });
});

describe("a refresh", () => {
  it("gives no refresh token where Cognito gave none", async () => {
    const { identity, refreshToken } = await signedIn();

    await expect(identity.refresh({ refreshToken })).resolves.not.toHaveProperty("refreshToken");
  });

  it("gives a replacement that can be traded in turn", async () => {
    const { upstream, identity, refreshToken } = await signedIn();
    const result = {
      AccessToken: accessTokenFor({ username: "ada" }),
      ExpiresIn: 3600,
      RefreshToken: "refresh-2",
    };
    upstream.script("GetTokensFromRefreshToken", answers({ AuthenticationResult: result }));

    const { refreshToken: replacement = "" } = await identity.refresh({ refreshToken });
    await providerAt(upstream, refreshByName).refresh({ refreshToken: replacement });

    expect(replacement).not.toBe(refreshToken);
    expect(upstream.requests.at(-1)?.input.AuthParameters).toMatchObject({
      REFRESH_TOKEN: "refresh-2",
    });
  });

  it("tells a token that was replaced before", async () => {
    const { upstream, identity, refreshToken } = await signedIn();
    upstream.script("GetTokensFromRefreshToken", throws("RefreshTokenReuseException"));

    await expect(identity.refresh({ refreshToken })).rejects.toMatchObject({
      code: "refresh_token_reused",
    });
  });
});
