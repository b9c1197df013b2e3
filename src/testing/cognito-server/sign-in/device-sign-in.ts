import type { SignInResult } from "../../../domain/session.ts";
import { signInAnswer } from "../answers/sign-in-answer.ts";
import { noSuchDevice, putDevice, registerDevice } from "../devices/devices.ts";
import { claimsOf, type Directory, randomName, type Tenant } from "../directory/directory.ts";
import type { DeviceSignIn } from "../directory/unfinished-sign-ins.ts";
import { openExchange } from "../srp/exchange.ts";
import { numberOf, readPublicValue } from "../srp/numbers.ts";
import { endSession, releaseTokens } from "../triggers/sign-in-triggers.ts";
import { invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";
import { type ChallengeResponses, requireResponse } from "./challenge-responses.ts";
import { readProof } from "./srp-proof.ts";

/**
 * Says how a sign-in went on, or ended: from a device that is remembered, with the proof that it is that; from a new
 * one, with what to remember it by.
 *
 * @throws {CognitoException} `ResourceNotFound` — the device that it says it comes from is none of the user's
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
 */
export async function answerSignIn(
  directory: Directory,
  tenant: Tenant,
  result: SignInResult,
): Promise<object> {
  const { engine, pool, device } = tenant;
  if (result.status !== "signed_in") return signInAnswer(engine, result);
  if (!device) return releaseTokens(directory, tenant, result);
  const { known, isNamed } = device;
  if (isNamed && !known) {
    await endSession(tenant, result);
    throw noSuchDevice();
  }
  const subject = String(claimsOf(result.tokens.accessToken).sub);
  if (known?.secret && known.isRemembered) {
    const waiting = { clientId: tenant.client.id, subject, device: known, exchange: undefined };
    return challengeDevice(directory, tenant, { ...waiting, result });
  }
  if (known) {
    putDevice(pool, subject, { ...known, authenticatedAt: directory.settings.clock.now() });
    return releaseTokens(directory, tenant, result);
  }
  return releaseTokens(directory, tenant, result, registerDevice(directory, tenant, result));
}

/** Answers the public value of a device (RFC 5054 section 2.5.3). */
export async function beginDeviceProof(
  directory: Directory,
  tenant: Tenant,
  session: string,
  responses: ChallengeResponses,
): Promise<object> {
  const signIn = take(directory, tenant, session, responses);
  const { device } = signIn;
  const clientPublic = readPublicValue(requireResponse(responses, "SRP_A"));
  if (clientPublic === undefined) throw invalidParameter("SRP_A is not valid.");
  if (!device.secret || signIn.exchange) throw notAuthorized("Invalid session for the user.");
  const { verifier, salt } = device.secret;
  const exchange = await openExchange(clientPublic, verifier, directory.settings.randomBytes);
  return {
    ChallengeName: "DEVICE_PASSWORD_VERIFIER",
    Session: keep(directory, tenant, { ...signIn, exchange }),
    ChallengeParameters: {
      USERNAME: requireResponse(responses, "USERNAME"),
      DEVICE_KEY: device.key,
      SALT: numberOf(salt).toString(16),
      SRP_B: exchange.serverPublic.toString(16),
      SECRET_BLOCK: exchange.secretBlock,
    },
  };
}

/** Takes the proof of a device's password, once. One that does not hold ends the sign-in. */
export async function finishDeviceProof(
  directory: Directory,
  tenant: Tenant,
  session: string,
  responses: ChallengeResponses,
): Promise<object> {
  const isProven = readProof(responses, directory.settings.clock.now());
  const { subject, device, result, exchange } = take(directory, tenant, session, responses);
  const isRight = exchange && (await isProven(exchange, device.groupKey + device.key));
  if (!isRight) {
    await endSession(tenant, result);
    throw notAuthorized("Incorrect username or password.");
  }
  const authenticatedAt = directory.settings.clock.now();
  putDevice(tenant.pool, subject, { ...device, authenticatedAt });
  return releaseTokens(directory, tenant, result);
}

function challengeDevice(directory: Directory, tenant: Tenant, signIn: DeviceSignIn): object {
  return {
    ChallengeName: "DEVICE_SRP_AUTH",
    Session: keep(directory, tenant, signIn),
    ChallengeParameters: { DEVICE_KEY: signIn.device.key },
  };
}

function keep(directory: Directory, { engine }: Tenant, signIn: DeviceSignIn): string {
  const session = randomName(directory, 64);
  const expiresAt = directory.settings.clock.now() + engine.client.challengeSeconds * 1000;
  directory.signIns.fromDevices.set(session, signIn, { expiresAt, isExpendable: true });
  return session;
}

/** @throws {CognitoException} `NotAuthorized` — the session is no sign-in of the user's from that device */
function take(
  { signIns }: Directory,
  { client, engine }: Tenant,
  session: string,
  responses: ChallengeResponses,
): DeviceSignIn {
  const signIn = signIns.fromDevices.get(session);
  const { users } = engine;
  const name = requireResponse(responses, "USERNAME");
  const isTheirs =
    signIn?.clientId === client.id &&
    signIn.device.key === requireResponse(responses, "DEVICE_KEY") &&
    signIn.subject === (users.find(name) ?? users.get(name))?.subject;
  if (!isTheirs) throw notAuthorized("Invalid session for the user.");
  signIns.fromDevices.delete(session);
  return signIn;
}
