import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { expect, test } from "vitest";
import { totpAt } from "../../src/adapters/shared/totp.ts";
import { ada, newPassword, type PublicPool, password, startPublicPool } from "./support.ts";

/** Calls a function of the client's that takes a callback, and gives what the callback gets. */
function done<T>(call: (callback: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result as T)));
  });
}

function poolOf({ poolId, clientId, endpoint }: PublicPool): CognitoUserPool {
  return new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });
}

function userOf(world: PublicPool): CognitoUser {
  return new CognitoUser({ Username: ada, Pool: poolOf(world) });
}

async function signUp(world: PublicPool): Promise<void> {
  const attributes = [new CognitoUserAttribute({ Name: "name", Value: "Ada" })];
  await done((callback) => poolOf(world).signUp(ada, password, attributes, [], callback));
  await done((callback) => userOf(world).confirmRegistration(world.lastCode(), false, callback));
}

/** How a sign-in ended, or the step that it waits for. */
type Outcome =
  | { readonly session: CognitoUserSession }
  | { readonly step: string; readonly told?: unknown };

function signIn(user: CognitoUser, secret = password): Promise<Outcome> {
  const details = new AuthenticationDetails({ Username: ada, Password: secret });
  return new Promise((resolve, reject) =>
    user.authenticateUser(details, {
      onSuccess: (session) => resolve({ session }),
      onFailure: reject,
      newPasswordRequired: (told) => resolve({ step: "new password", told }),
      totpRequired: () => resolve({ step: "totp" }),
      mfaRequired: () => resolve({ step: "mfa" }),
    }),
  );
}

async function signedIn(world: PublicPool, secret = password) {
  const user = userOf(world);
  const outcome = await signIn(user, secret);
  if (!("session" in outcome)) throw new Error(`the sign-in waits for: ${outcome.step}`);
  return { user, session: outcome.session };
}

test("amazon-cognito-identity-js signs up, confirms, signs in by SRP, refreshes and signs out", async () => {
  const world = await startPublicPool();
  await signUp(world);

  const { user, session } = await signedIn(world);
  const refreshed = await done<CognitoUserSession>((callback) =>
    user.refreshSession(session.getRefreshToken(), callback),
  );
  const attributes = await done<CognitoUserAttribute[]>((callback) =>
    user.getUserAttributes(callback),
  );
  await new Promise<void>((resolve, reject) =>
    user.globalSignOut({ onSuccess: () => resolve(), onFailure: reject }),
  );

  expect(refreshed.getAccessToken().decodePayload()).toMatchObject({ client_id: world.clientId });
  expect(attributes.map(({ Name }) => Name)).toContain("name");
  await expect(
    done((callback) => user.refreshSession(session.getRefreshToken(), callback)),
  ).rejects.toMatchObject({ code: "NotAuthorizedException" });
});

test("amazon-cognito-identity-js tells a wrong password by its name and words", async () => {
  const world = await startPublicPool();
  await signUp(world);

  await expect(signIn(userOf(world), "Wrong-Horse-7")).rejects.toMatchObject({
    code: "NotAuthorizedException",
    message: "Incorrect username or password.",
  });
});

test("amazon-cognito-identity-js recovers and changes a password", async () => {
  const world = await startPublicPool();
  await signUp(world);
  const user = userOf(world);

  await new Promise((resolve, reject) =>
    user.forgotPassword({ onSuccess: resolve, onFailure: reject, inputVerificationCode: resolve }),
  );
  await new Promise((resolve, reject) =>
    user.confirmPassword(world.lastCode(), newPassword, { onSuccess: resolve, onFailure: reject }),
  );
  const { user: again } = await signedIn(world, newPassword);
  await done((callback) => again.changePassword(newPassword, password, callback));

  expect(await signedIn(world)).toHaveProperty("session");
});

test("amazon-cognito-identity-js sets the first password of an invited user", async () => {
  const world = await startPublicPool();
  const invited = { UserPoolId: world.poolId, Username: ada };
  await world.sdk.send(new AdminCreateUserCommand({ ...invited, MessageAction: "SUPPRESS" }));
  await world.sdk.send(
    new AdminSetUserPasswordCommand({ ...invited, Password: password, Permanent: false }),
  );
  const user = userOf(world);

  const outcome = await signIn(user);
  await new Promise((resolve, reject) =>
    user.completeNewPasswordChallenge(newPassword, {}, { onSuccess: resolve, onFailure: reject }),
  );

  expect(outcome).toMatchObject({ step: "new password" });
  expect(await signedIn(world, newPassword)).toHaveProperty("session");
});

test("amazon-cognito-identity-js sets an authenticator app up and signs in with it", async () => {
  const world = await startPublicPool({ hasMfa: true });
  await signUp(world);
  const { user } = await signedIn(world);

  const secret = await new Promise<string>((resolve, reject) =>
    user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject }),
  );
  const now = await totpAt(secret, Date.now());
  await new Promise((resolve, reject) =>
    user.verifySoftwareToken(now, "phone", { onSuccess: resolve, onFailure: reject }),
  );
  const preference = { Enabled: true, PreferredMfa: true };
  await done((callback) => user.setUserMfaPreference(null, preference, callback));
  const next = userOf(world);
  const outcome = await signIn(next);
  const later = await totpAt(secret, Date.now() + 30_000);
  const session = await new Promise((resolve, reject) =>
    next.sendMFACode(later, { onSuccess: resolve, onFailure: reject }, "SOFTWARE_TOKEN_MFA"),
  );

  expect(outcome).toEqual({ step: "totp" });
  expect(session).toHaveProperty("accessToken");
});

test("amazon-cognito-identity-js remembers a device, signs in from it and forgets it", async () => {
  const world = await startPublicPool({
    pool: { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false } },
  });
  await signUp(world);
  await signedIn(world);

  const { user } = await signedIn(world);
  const listed = await new Promise<{ Devices: unknown[] }>((resolve, reject) =>
    user.listDevices(10, null, { onSuccess: resolve, onFailure: reject }),
  );
  await new Promise((resolve, reject) =>
    user.forgetDevice({ onSuccess: resolve, onFailure: reject }),
  );

  expect(listed.Devices).toHaveLength(1);
});
