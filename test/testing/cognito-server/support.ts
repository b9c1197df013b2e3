import { createHmac } from "node:crypto";
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  type AuthFlowType,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { onTestFinished } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { CognitoServerOptions } from "../../../src/testing/index.ts";
import {
  type AdjustableClock,
  adjustableClock,
  signingKeys,
} from "../../adapters/memory/support.ts";
import {
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
} from "../../support/cognito-strict.ts";

export const ada = "ada@example.com";
export const password = "Correct-Horse-7";

/** A pool whose users sign in by e-mail address, and a client of it. */
export interface World extends StrictCognito {
  readonly clock: AdjustableClock;
  readonly poolId: string;
  readonly clientId: string;
  readonly secret: string | undefined;
  /** Gives the secret hash over a user name. */
  hash(username: string): string;
  /** Gives the code that was sent to a user last. */
  lastCode(username?: string): string;
}

/** How a world is set up. */
export interface WorldSetup {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly server?: CognitoServerOptions;
}

/** Starts a server with a pool and a client, for one test. */
export async function startWorld(setup: WorldSetup = {}): Promise<World> {
  const clock = adjustableClock();
  const cognito = await startStrictCognito({ clock, signingKeys, ...setup.server });
  onTestFinished(cognito.close);
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    ...setup.pool,
  });
  const { id: clientId, secret } = await makeClient(cognito, poolId, {
    ExplicitAuthFlows: [
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_USER_AUTH",
    ],
    ...setup.client,
  });
  return {
    ...cognito,
    clock,
    poolId,
    clientId,
    secret,
    hash: (username) =>
      createHmac("sha256", secret ?? "")
        .update(username + clientId)
        .digest("base64"),
    lastCode(username = ada) {
      const message = cognito.server.outboxOf(poolId).messagesFor(username).at(-1);
      if (!message) throw new Error("nothing was sent");
      return message.code;
    },
  };
}

/** Members that name a user to the operations which take a secret hash beside the name. */
export function named(world: World, username = ada) {
  return { ClientId: world.clientId, Username: username, SecretHash: world.hash(username) };
}

/** Signs Ada up, and leaves the sign-up unconfirmed. */
export async function signUp(world: World, username = ada) {
  return world.sdk.send(new SignUpCommand({ ...named(world, username), Password: password }));
}

/** Signs a user up whose sign-up is confirmed and whose address is proven. */
export async function signUpProven(world: World, username = ada): Promise<void> {
  await signUp(world, username);
  const user = { UserPoolId: world.poolId, Username: username };
  await world.sdk.send(new AdminConfirmSignUpCommand(user));
  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
}

/** Makes a user as an administrator does, with a password that has to be replaced. */
export async function invite(world: World, username = ada): Promise<void> {
  const user = { UserPoolId: world.poolId, Username: username };
  await world.sdk.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
  const set = { ...user, Password: password, Permanent: false };
  await world.sdk.send(new AdminSetUserPasswordCommand(set));
}

/** Begins a sign-in. */
export function initiate(
  world: World,
  parameters: Readonly<Record<string, string>> = {},
  flow: AuthFlowType = "USER_PASSWORD_AUTH",
): Promise<InitiateAuthCommandOutput> {
  const username = parameters.USERNAME ?? ada;
  return world.sdk.send(
    new InitiateAuthCommand({
      ClientId: world.clientId,
      AuthFlow: flow,
      AuthParameters: {
        USERNAME: username,
        PASSWORD: password,
        ...(world.secret !== undefined && { SECRET_HASH: world.hash(username) }),
        ...parameters,
      },
    }),
  );
}

/** Signs in, and gives the tokens. */
export async function tokensOf(world: World, username = ada) {
  const { AuthenticationResult } = await initiate(world, { USERNAME: username });
  const { AccessToken, IdToken, RefreshToken } = AuthenticationResult ?? {};
  if (!AccessToken || !IdToken || !RefreshToken) throw new Error("no tokens came");
  return { AccessToken, IdToken, RefreshToken };
}

/** Gives what a call was refused with, as `Name: message`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  throw new Error("the call was not refused");
}

/** Lets the users of the pool have an authenticator app, or requires it. */
export async function setMfa(world: World, MfaConfiguration: "ON" | "OPTIONAL"): Promise<void> {
  const input = { UserPoolId: world.poolId, MfaConfiguration };
  const SoftwareTokenMfaConfiguration = { Enabled: true };
  await world.sdk.send(
    new SetUserPoolMfaConfigCommand({ ...input, SoftwareTokenMfaConfiguration }),
  );
}

/** Sets an authenticator app up for Ada and switches it on, and gives its secret. */
export async function enrol(world: World): Promise<string> {
  const { AccessToken } = await tokensOf(world);
  const { SecretCode = "" } = await world.sdk.send(
    new AssociateSoftwareTokenCommand({ AccessToken }),
  );
  const UserCode = await totpAt(SecretCode, world.clock.now());
  await world.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await world.sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  world.clock.advance(30);
  return SecretCode;
}
