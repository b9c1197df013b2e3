import {
  autoSignIn,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { afterEach, expect, test } from "vitest";
import { totpAt } from "../../src/adapters/shared/totp.ts";
import { configure, runJourney } from "./amplify-journey.ts";
import {
  ada,
  journeyDone,
  newPassword,
  type PoolSetup,
  type PublicPool,
  password,
  startPublicPool,
} from "./support.ts";

/** Starts a pool, and has aws-amplify go there. */
async function startConfigured(setup: PoolSetup = {}): Promise<PublicPool> {
  const world = await startPublicPool(setup);
  configure(world);
  return world;
}

async function signUpAda(world: PublicPool): Promise<void> {
  await signUp({ username: ada, password, options: { userAttributes: { email: ada } } });
  await confirmSignUp({ username: ada, confirmationCode: world.lastCode() });
}

afterEach(() => signOut());

test("aws-amplify signs up, signs in by SRP, refreshes and signs out everywhere", async () => {
  const world = await startPublicPool();
  const { lastCode, server } = world;

  const results = await runJourney(
    world,
    { username: ada, password },
    { lastCode, skewClock: server.skewClock },
  );

  expect(results).toEqual(journeyDone);
});

test("aws-amplify signs in whoever has just signed up, once the sign-up is confirmed", async () => {
  const world = await startConfigured();
  await signUp({
    username: ada,
    password,
    options: { userAttributes: { email: ada }, autoSignIn: { authFlowType: "USER_AUTH" } },
  });

  const confirmed = await confirmSignUp({ username: ada, confirmationCode: world.lastCode() });
  const { isSignedIn } = await autoSignIn();

  expect(confirmed.nextStep.signUpStep).toBe("COMPLETE_AUTO_SIGN_IN");
  expect(isSignedIn).toBe(true);
});

test("aws-amplify tells a wrong password by its name", async () => {
  await signUpAda(await startConfigured());

  await expect(signIn({ username: ada, password: "Wrong-Horse-7" })).rejects.toMatchObject({
    name: "NotAuthorizedException",
  });
});

test("aws-amplify recovers a password", async () => {
  const world = await startConfigured();
  await signUpAda(world);

  const { nextStep } = await resetPassword({ username: ada });
  const confirmationCode = world.lastCode();
  await confirmResetPassword({ username: ada, newPassword, confirmationCode });

  expect(nextStep.resetPasswordStep).toBe("CONFIRM_RESET_PASSWORD_WITH_CODE");
  expect(await signIn({ username: ada, password: newPassword })).toMatchObject({
    isSignedIn: true,
  });
});

test("aws-amplify sets an authenticator app up and signs in with it", async () => {
  const world = await startConfigured({ hasMfa: true });
  await signUpAda(world);
  await signIn({ username: ada, password });

  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: await totpAt(sharedSecret, Date.now()) });
  await updateMFAPreference({ totp: "PREFERRED" });
  await signOut();
  const { nextStep } = await signIn({ username: ada, password });
  const challengeResponse = await totpAt(sharedSecret, Date.now() + 30_000);

  expect(nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
});
