import { describe, expect, it } from "vitest";
import { computeSecretHash } from "../../../src/adapters/cognito/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  accessTokenFor,
  answers,
  generatedUsername,
  throws,
} from "../../support/cognito-upstream-answers.ts";
import {
  calls,
  challengeSession,
  clientId,
  clientSecret,
  password,
  providerAt,
  startUpstream,
  tokensOf,
  username,
} from "./fixtures.ts";

const refreshByName = { refreshFlow: "REFRESH_TOKEN_AUTH" } as const;
const issued = {
  AccessToken: accessTokenFor({ username: generatedUsername }),
  ExpiresIn: 3600,
};

/** Signs in by e-mail address and refreshes by the name that Cognito has for the user. */
async function refreshAfterSignIn(options: Parameters<typeof providerAt>[1] = {}) {
  const upstream = await startUpstream();
  const identity = providerAt(upstream, { ...refreshByName, ...options });
  const tokens = tokensOf(await identity.signIn({ username, password }));
  const refreshed = await identity.refresh({ refreshToken: tokens.refreshToken ?? "" });
  return { upstream, refreshed };
}

async function expectedHash(name: string) {
  return computeSecretHash(name, clientId, clientSecret);
}

describe("a refresh of a client with a secret", () => {
  it("sends the secret's hash @see https://github.com/aws/aws-sdk-net-extensions-cognito/issues/35", async () => {
    const { upstream } = await refreshAfterSignIn();

    expect(upstream.requests[1]?.input.AuthParameters).toHaveProperty("SECRET_HASH");
  });

  it("needs nothing but the token, in another process too @see https://github.com/aws/aws-sdk-net-extensions-cognito/issues/75", async () => {
    const upstream = await startUpstream();
    const tokens = tokensOf(await providerAt(upstream).signIn({ username, password }));

    const refreshed = providerAt(upstream, refreshByName).refresh({
      refreshToken: tokens.refreshToken ?? "",
    });

    await expect(refreshed).resolves.toMatchObject({ tokenType: "Bearer" });
  });

  it("hashes neither the address that was typed nor the secret itself @see https://github.com/aws/aws-sdk-net-extensions-cognito/issues/94", async () => {
    const { upstream } = await refreshAfterSignIn();

    const { SECRET_HASH: hash } = Object(upstream.requests[1]?.input.AuthParameters);
    expect([await expectedHash(username), clientSecret]).not.toContain(hash);
  });

  it("hashes the name of the access token @see https://github.com/aws/aws-sdk-net-extensions-cognito/issues/122", async () => {
    const { upstream } = await refreshAfterSignIn();

    const { SECRET_HASH: hash } = Object(upstream.requests[1]?.input.AuthParameters);
    expect(hash).toBe(await expectedHash(generatedUsername));
  });

  it("hashes that name after a challenge as well @see https://github.com/aws-amplify/amplify-android/issues/3111", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminRespondToAuthChallenge",
      answers({ AuthenticationResult: { ...issued, RefreshToken: "refresh-after-challenge" } }),
    );
    const identity = providerAt(upstream, refreshByName);
    const tokens = tokensOf(
      await identity.answerChallenge({
        session: await challengeSession(),
        answer: { type: "sms_code", code: "123456" },
      }),
    );

    await identity.refresh({ refreshToken: tokens.refreshToken ?? "" });

    expect(upstream.requests[1]?.input.AuthParameters).toEqual({
      REFRESH_TOKEN: "refresh-after-challenge",
      SECRET_HASH: await expectedHash(generatedUsername),
    });
  });

  it("works with tokens of ADMIN_NO_SRP_AUTH that are replaced @see https://github.com/aws/aws-sdk-js-v3/issues/7162", async () => {
    const upstream = await startUpstream();
    const rotated = (RefreshToken: string) =>
      answers({ AuthenticationResult: { ...issued, RefreshToken } });
    upstream.script("GetTokensFromRefreshToken", rotated("refresh-2"), rotated("refresh-3"));
    const identity = providerAt(upstream, { authFlow: "ADMIN_NO_SRP_AUTH" });
    const first = tokensOf(await identity.signIn({ username, password }));

    const second = await identity.refresh({ refreshToken: first.refreshToken ?? "" });
    await identity.refresh({ refreshToken: second.refreshToken ?? "" });

    expect(upstream.requests.slice(1).map(({ input }) => input)).toEqual([
      { ClientId: clientId, ClientSecret: clientSecret, RefreshToken: "refresh-1" },
      { ClientId: clientId, ClientSecret: clientSecret, RefreshToken: "refresh-2" },
    ]);
  });
});

describe("an answer to a challenge", () => {
  it("of a user who signed in by alias hashes Cognito's own name @see https://github.com/qwigo/warrant/issues/74", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminInitiateAuth",
      answers({
        ChallengeName: "SMS_MFA",
        Session: "challenge-session-0123456789",
        ChallengeParameters: { USER_ID_FOR_SRP: "ada" },
      }),
    );
    const identity = providerAt(upstream);
    const begun = await identity.signIn({ username, password });

    await identity.answerChallenge({
      session: begun.status === "challenge" ? begun.challenge.session : "",
      answer: { type: "sms_code", code: "123456" },
    });

    expect(upstream.requests[1]?.input.ChallengeResponses).toEqual({
      USERNAME: "ada",
      SECRET_HASH: await expectedHash("ada"),
      SMS_MFA_CODE: "123456",
    });
  });

  it("that was given before has ended its session @see https://github.com/localstack/localstack/issues/12400", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminRespondToAuthChallenge",
      answers({ AuthenticationResult: issued }),
      throws(
        "NotAuthorizedException",
        "Invalid session for the user, session can only be used once.",
      ),
    );
    const identity = providerAt(upstream);
    const answer = {
      session: await challengeSession({ name: "NEW_PASSWORD_REQUIRED" }),
      answer: { type: "new_password", newPassword: password, attributes: {} },
    } as const;
    await identity.answerChallenge(answer);

    await expect(identity.answerChallenge(answer)).rejects.toMatchObject({
      code: "challenge_expired",
    });
  });

  it("with a code of an authenticator app that was used before is a wrong one", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminRespondToAuthChallenge",
      throws("ExpiredCodeException", "Your software token has already been used once."),
    );

    const answered = providerAt(upstream).answerChallenge({
      session: await challengeSession({ name: "SOFTWARE_TOKEN_MFA" }),
      answer: { type: "totp", code: "123456" },
    });

    await expect(answered).rejects.toMatchObject({ code: "code_mismatch" });
  });
});

describe("a sign-in", () => {
  it.each(["signIn", "answerChallenge"] as const)(
    "by %s that ends in tokens and a challenge together ends in neither @see https://github.com/localstack/localstack/issues/8411",
    async (method) => {
      const upstream = await startUpstream();
      const both = answers({
        AuthenticationResult: issued,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "challenge-session-0123456789",
        ChallengeParameters: {},
      });
      upstream.script("AdminInitiateAuth", both);
      upstream.script("AdminRespondToAuthChallenge", both);

      await expect(calls[method](providerAt(upstream))).rejects.toMatchObject({
        code: "provider_unavailable",
      });
    },
  );

  it("that is locked out is told from a wrong password @see https://github.com/amazon-archives/amazon-cognito-identity-js/issues/479", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminInitiateAuth",
      throws("NotAuthorizedException", "Incorrect username or password."),
      throws("NotAuthorizedException", "Password attempts exceeded"),
    );
    const identity = providerAt(upstream);

    const wrong = calls.signIn(identity);
    await expect(wrong).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(calls.signIn(identity)).rejects.toMatchObject({
      code: "too_many_attempts",
      retryAfterSeconds: expect.any(Number),
    });
  });

  it("is not told that the account is unconfirmed where Cognito tells anyone @see https://github.com/aws/aws-sdk-js/issues/4608", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", throws("UserNotConfirmedException"));
    const identity = providerAt(upstream);

    for (const calledSoFar of [2, 3]) {
      await expect(calls.signIn(identity)).rejects.toMatchObject({ code: "invalid_credentials" });
      expect(upstream.requests).toHaveLength(calledSoFar);
    }
    const [first, second] = upstream.requests.map(({ input }) => Object(input.AuthParameters));
    expect(first).toMatchObject({ USERNAME: username, PASSWORD: password });
    expect(second).toMatchObject({
      USERNAME: username,
      PASSWORD: expect.not.stringMatching(password),
    });
  });

  it("is told that the account is unconfirmed where Cognito looks at the password first @see https://github.com/aws/aws-sdk-js/issues/4608", async () => {
    const upstream = await startUpstream();
    upstream.respond("AdminInitiateAuth", ({ input }) =>
      throws(
        Object(input.AuthParameters).PASSWORD === password
          ? "UserNotConfirmedException"
          : "NotAuthorizedException",
      ),
    );
    const identity = providerAt(upstream);

    await expect(calls.signIn(identity)).rejects.toMatchObject({ code: "user_not_confirmed" });
    const wrong = identity.signIn({ username, password: `${password}x` });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_credentials" });
  });

  it("is told that the account is unconfirmed, with any password, where the operator wants it so", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", throws("UserNotConfirmedException"));

    const signedIn = calls.signIn(providerAt(upstream, { unconfirmed: "told" }));

    await expect(signedIn).rejects.toMatchObject({ code: "user_not_confirmed" });
  });
});

describe("what an operator's trigger says", () => {
  it("reaches the caller as a code, and neither it nor Cognito's prefix as text @see https://github.com/aws-amplify/amplify-ui/issues/4960", async () => {
    const upstream = await startUpstream();
    const message = "PreSignUp failed with error LambdaRejectionError: ada@example.com is taken.";
    upstream.script("SignUp", throws("UserLambdaValidationException", message));

    const error: unknown = await calls.signUp(providerAt(upstream)).catch((caught) => caught);

    if (!(error instanceof IdentityError)) throw new Error("It is no error of ours.");
    expect(error).toMatchObject({ code: "rejected_by_policy", cause: { message } });
    expect(`${error.message} ${error.detail}`).not.toMatch(/PreSignUp|LambdaRejection|ada@/);
  });
});
