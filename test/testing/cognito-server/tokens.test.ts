import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt, generateKeyPair, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { makeClient } from "../../support/cognito-strict.ts";
import {
  ada,
  initiate,
  named,
  password,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

async function signedIn(setup?: Parameters<typeof startWorld>[0]) {
  const world = await startWorld(setup);
  await signUpProven(world);
  return { world, ...(await tokensOf(world)) };
}

const getUser = (world: World, AccessToken: string) =>
  world.sdk.send(new GetUserCommand({ AccessToken }));

function refresh(world: World, RefreshToken: string, ClientSecret = world.secret) {
  const { clientId: ClientId } = world;
  return world.sdk.send(
    new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret }),
  );
}

function revoke(world: World, Token: string, ClientSecret = world.secret) {
  const { clientId: ClientId } = world;
  return world.sdk.send(new RevokeTokenCommand({ ClientId, Token, ClientSecret }));
}

describe("REFRESH_TOKEN_AUTH", () => {
  // A hash over anything but the subject is refused in a pool whose users have no name of their own:
  // https://github.com/aws/aws-sdk-net-extensions-cognito/issues/35 and
  // https://github.com/aws-amplify/amplify-android/issues/3111
  test("REFRESH_TOKEN_AUTH takes a hash over the subject, and over nothing else", async () => {
    const { world, RefreshToken, AccessToken } = await signedIn();
    const { sub = "" } = decodeJwt(AccessToken);
    const flow = "REFRESH_TOKEN_AUTH";

    const right = { REFRESH_TOKEN: RefreshToken, SECRET_HASH: world.hash(sub) };
    const refreshed = await initiate(world, right, flow);
    const byAddress = initiate(world, { ...right, SECRET_HASH: world.hash(ada) }, flow);

    expect(refreshed.AuthenticationResult).toHaveProperty("AccessToken");
    expect(refreshed.AuthenticationResult).not.toHaveProperty("RefreshToken");
    expect(await refusalOf(byAddress)).toBe(
      `NotAuthorizedException: SecretHash does not match for the client: ${world.clientId}`,
    );
  });

  test("REFRESH_TOKEN_AUTH takes a hash over the user name, where users have one", async () => {
    const pool = { UsernameAttributes: [], AutoVerifiedAttributes: [] };
    const world = await startWorld({ pool });
    await signUpProven(world, "ada");
    const { RefreshToken } = await tokensOf(world, "ada");

    const parameters = { REFRESH_TOKEN: RefreshToken, SECRET_HASH: world.hash("ada") };

    await expect(initiate(world, parameters, "REFRESH_TOKEN_AUTH")).resolves.toBeDefined();
  });

  test("REFRESH_TOKEN_AUTH refuses a token that is none, and one of another client", async () => {
    const { world, RefreshToken } = await signedIn();
    const other = await makeClient(world, world.poolId, { GenerateSecret: false });
    const open = { ...world, clientId: other.id, secret: undefined };
    const flow = "REFRESH_TOKEN_AUTH";

    for (const token of ["invented", RefreshToken])
      expect(await refusalOf(initiate(open, { REFRESH_TOKEN: token }, flow))).toBe(
        "NotAuthorizedException: Invalid Refresh Token",
      );
  });
});

describe("GetTokensFromRefreshToken", () => {
  test("GetTokensFromRefreshToken gives new tokens, and no new refresh token", async () => {
    const { world, RefreshToken } = await signedIn();

    const { AuthenticationResult } = await refresh(world, RefreshToken);

    expect(AuthenticationResult).toHaveProperty("IdToken");
    expect(AuthenticationResult).not.toHaveProperty("RefreshToken");
  });

  test("GetTokensFromRefreshToken refuses a wrong secret, and none", async () => {
    const { world, RefreshToken } = await signedIn();
    const { clientId: ClientId } = world;
    const without = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken });

    expect(await refusalOf(refresh(world, RefreshToken, "x".repeat(51)))).toMatch(
      /^NotAuthorizedException: Unable to verify secret for client/,
    );
    expect(await refusalOf(world.sdk.send(without))).toMatch(
      /^NotAuthorizedException: Client \w+ is configured for secret but secret was not received$/,
    );
  });

  // https://github.com/aws/aws-sdk-js-v3/issues/7162
  test("GetTokensFromRefreshToken replaces the token where the client rotates, and knows one that comes back", async () => {
    const { world, RefreshToken } = await signedIn({
      client: {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      },
    });

    const { AuthenticationResult } = await refresh(world, RefreshToken);

    expect(AuthenticationResult?.RefreshToken).toBeDefined();
    expect(AuthenticationResult?.RefreshToken).not.toBe(RefreshToken);
    expect(await refusalOf(refresh(world, RefreshToken))).toMatch(/^RefreshTokenReuseException/);
  });

  test("GetTokensFromRefreshToken refuses a token past its thirty days", async () => {
    const { world, RefreshToken } = await signedIn();
    world.clock.advance(30 * 24 * 3600);

    expect(await refusalOf(refresh(world, RefreshToken))).toBe(
      "NotAuthorizedException: Refresh Token has expired",
    );
  });
});

describe("RevokeToken", () => {
  test("RevokeToken kills the token and the access tokens of its session, and is done when repeated", async () => {
    const { world, RefreshToken, AccessToken } = await signedIn();

    await revoke(world, RefreshToken);
    await revoke(world, RefreshToken);

    expect(await refusalOf(refresh(world, RefreshToken))).toBe(
      "NotAuthorizedException: Refresh Token has been revoked",
    );
    expect(await refusalOf(getUser(world, AccessToken))).toBe(
      "NotAuthorizedException: Access Token has been revoked",
    );
  });

  test("RevokeToken refuses an access token, and a wrong secret", async () => {
    const { world, RefreshToken, AccessToken } = await signedIn();

    expect(await refusalOf(revoke(world, AccessToken))).toMatch(/^UnsupportedTokenTypeException/);
    expect(await refusalOf(revoke(world, RefreshToken, "x".repeat(51)))).toMatch(/^NotAuthorized/);
    await refresh(world, RefreshToken);
  });

  test("RevokeToken is refused where the client does not revoke", async () => {
    const { world, RefreshToken } = await signedIn({ client: { EnableTokenRevocation: false } });

    expect(await refusalOf(revoke(world, RefreshToken))).toMatch(/^UnsupportedOperationException/);
  });
});

describe("an access token", () => {
  // cognito-local takes all of these but the first: it decodes tokens and does not verify them.
  test.each([
    ["one that nobody made", async () => "garbage", "Invalid Access Token"],
    ["an ID token", async (token: Token) => token.IdToken, "Invalid Access Token"],
    ["one by another key", forged, "Could not verify signature for Access Token"],
  ])("an access token is refused when it is %s", async (_case, make, message) => {
    const { world, ...tokens } = await signedIn();

    expect(await refusalOf(getUser(world, await make(tokens)))).toBe(
      `NotAuthorizedException: ${message}`,
    );
  });

  test("an access token is refused when its hour is over", async () => {
    const { world, AccessToken } = await signedIn();
    world.clock.advance(3600);

    expect(await refusalOf(getUser(world, AccessToken))).toBe(
      "NotAuthorizedException: Access Token has expired",
    );
  });

  test("an access token is refused once its user has signed out everywhere, with every other", async () => {
    const { world, AccessToken } = await signedIn();
    const other = await tokensOf(world);

    await world.sdk.send(new GlobalSignOutCommand({ AccessToken }));

    for (const token of [AccessToken, other.AccessToken])
      expect(await refusalOf(getUser(world, token))).toMatch(/Access Token has been revoked$/);
    expect(await refusalOf(refresh(world, other.RefreshToken))).toMatch(/^NotAuthorized/);
  });
});

interface Token {
  readonly AccessToken: string;
  readonly IdToken: string;
}

async function forged({ AccessToken }: Token): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256");
  return new SignJWT(decodeJwt(AccessToken))
    .setProtectedHeader({ alg: "RS256", kid: "other" })
    .sign(privateKey);
}

describe("passwords", () => {
  const next = "Battery-Staple-8";

  function forgot(world: World, username = ada) {
    return world.sdk.send(new ForgotPasswordCommand(named(world, username)));
  }

  function reset(world: World, ConfirmationCode: string, Password = next) {
    const input = { ...named(world), ConfirmationCode, Password };
    return world.sdk.send(new ConfirmForgotPasswordCommand(input));
  }

  test("passwords are reset by a code, once", async () => {
    const { world } = await signedIn();
    await forgot(world);
    const code = world.lastCode();

    await reset(world, code);

    await expect(initiate(world, { PASSWORD: next })).resolves.toBeDefined();
    expect(await refusalOf(reset(world, code))).toMatch(/^ExpiredCodeException/);
  });

  test("passwords are not reset by a wrong code, nor to a weak one", async () => {
    const { world } = await signedIn();
    await forgot(world);
    const code = world.lastCode();

    expect(await refusalOf(reset(world, `${code}0`))).toMatch(/^CodeMismatchException/);
    expect(await refusalOf(reset(world, code, "weak-one"))).toMatch(
      /^InvalidPasswordException: Password does not conform to policy: /,
    );
    await reset(world, code);
  });

  test("passwords cannot be reset without a proven address", async () => {
    const world = await startWorld();
    await signUp(world);

    expect(await refusalOf(forgot(world))).toBe(
      "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  });

  test("passwords of unknown users are played with, where that is hidden, and else told of", async () => {
    const telling = await startWorld();
    const hiding = await startWorld({ client: { PreventUserExistenceErrors: "ENABLED" } });

    expect(await refusalOf(forgot(telling, "nobody@example.com"))).toBe(
      "UserNotFoundException: Username/client id combination not found.",
    );
    const played = await forgot(hiding, "nobody@example.com");
    expect(played.CodeDeliveryDetails?.Destination).toBe("n***@e***");
    expect(await refusalOf(reset(hiding, "123456"))).toMatch(/^CodeMismatchException/);
  });

  test("passwords are changed by whoever knows the one before", async () => {
    const { world, AccessToken } = await signedIn();
    const change = (PreviousPassword: string) =>
      world.sdk.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: next }),
      );

    expect(await refusalOf(change("Wrong-Horse-7"))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    await change(password);
    await expect(initiate(world, { PASSWORD: next })).resolves.toBeDefined();
  });
});
