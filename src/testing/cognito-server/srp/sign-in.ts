import { refused } from "../../../adapters/memory/errors.ts";
import { signInWithCustomChallenge } from "../../../adapters/memory/sign-in/sign-in.ts";
import { proceed } from "../../../adapters/memory/sign-in/sign-in-steps.ts";
import type { Account } from "../../../adapters/memory/users/accounts.ts";
import { nameContacts } from "../../../adapters/memory/users/sign-in-names.ts";
import type { User } from "../../../adapters/memory/users/user-store.ts";
import { uuidOf } from "../../../adapters/shared/random.ts";
import type { SignInResult } from "../../../domain/session.ts";
import { type ChallengeResponses, requireResponse } from "../challenge-responses.ts";
import { invalidParameter, notAuthorized } from "../cognito-exception.ts";
import { answerSignIn } from "../device-sign-in.ts";
import { type Directory, randomName, type Tenant } from "../directory.ts";
import { signInWording } from "../sign-in-wording.ts";
import { provenBefore } from "../triggers/challenge-triggers.ts";
import { inCognitosWords } from "../wording.ts";
import { isProof, openExchange, type SrpExchange } from "./exchange.ts";
import { poolNameOf } from "./hasher.ts";
import { numberOf, readPublicValue } from "./numbers.ts";

/** A sign-in that waits for the proof of a password. */
export interface SrpSignIn {
  readonly clientId: string;
  /** The name that it was begun with. */
  readonly username: string;
  /** What the user is called in the exchange. */
  readonly userId: string;
  /** The password that is to be proven: nobody's, where there is no such user. */
  readonly password: User["password"] | undefined;
  readonly exchange: SrpExchange;
  /** What comes after the proof, where that is not the end. */
  readonly next: "custom" | undefined;
}

/** What an exchange goes on with: a user's own numbers, or some that look like it. */
interface Secrets extends Pick<SrpSignIn, "userId" | "password"> {
  readonly salt: Uint8Array;
  readonly verifier: bigint;
}

/**
 * Begins the proof of a password that is not sent.
 *
 * @param publicValue - `SRP_A`
 * @param next - what comes after the proof
 * @throws {CognitoException} `UserNotFound` — there is no such user, to a client that tells
 */
export async function beginSrp(
  directory: Directory,
  tenant: Tenant,
  username: string,
  { publicValue, next }: { readonly publicValue: string } & Partial<Pick<SrpSignIn, "next">>,
): Promise<object> {
  const { clock, randomBytes } = directory.settings;
  const { client, engine } = tenant;
  const clientPublic = readPublicValue(publicValue);
  if (clientPublic === undefined) throw invalidParameter("SRP_A is not valid.");
  const { salt, verifier, userId, password } = await secretsOf(tenant, username);
  const exchange = await openExchange(clientPublic, verifier, randomBytes);
  const session = randomName(directory, 64);
  const expiresAt = clock.now() + engine.client.challengeSeconds * 1000;
  const signIn = { clientId: client.id, username, userId, password, exchange, next };
  directory.signIns.bySrp.set(session, signIn, { expiresAt, isExpendable: true });
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    Session: session,
    ChallengeParameters: {
      SALT: numberOf(salt).toString(16),
      SRP_B: exchange.serverPublic.toString(16),
      SECRET_BLOCK: exchange.secretBlock,
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

/**
 * Takes the proof of a password, once: one that does not hold ends the sign-in.
 *
 * @throws {CognitoException} `NotAuthorized` — it does not hold, or the session is no sign-in's
 */
export async function finishSrp(
  directory: Directory,
  tenant: Tenant,
  session: string,
  responses: ChallengeResponses,
): Promise<object> {
  const { client, engine, pool } = tenant;
  const signIn = directory.signIns.bySrp.get(session);
  const names = [signIn?.userId, signIn?.username];
  if (!signIn || signIn.clientId !== client.id || !names.includes(responses.USERNAME))
    throw notAuthorized("Invalid session for the user.");
  directory.signIns.bySrp.delete(session);
  const isRight = await isProof(signIn.exchange, {
    identity: poolNameOf(pool.id) + signIn.userId,
    secretBlock: requireResponse(responses, "PASSWORD_CLAIM_SECRET_BLOCK"),
    timestamp: requireResponse(responses, "TIMESTAMP"),
    signature: requireResponse(responses, "PASSWORD_CLAIM_SIGNATURE"),
  });
  const result = await inCognitosWords(
    () =>
      engine.accounts.byName(signIn.username, (account) => admit(tenant, account, signIn, isRight)),
    signInWording(tenant),
  );
  return answerSignIn(directory, tenant, result);
}

/** A password that was replaced while its proof was under way is proven no more. */
async function admit(
  { engine, pool }: Tenant,
  account: Account,
  { password: proven, username, next }: SrpSignIn,
  isRight: boolean,
): Promise<SignInResult> {
  const { user } = account;
  await engine.lockout.admit(account);
  const isProven = isRight && proven !== undefined && user?.password === proven;
  if (isProven && next === "custom")
    return signInWithCustomChallenge(engine, { username, account }, provenBefore(pool));
  if (isProven) return proceed(engine, { user, password: proven, isSecondFactorDone: false });
  await engine.lockout.recordFailure(account);
  throw refused("invalid_credentials", "wrong_password");
}

/**
 * Where it is hidden who exists, whoever does not gets an exchange as well: the same salt and id every time, and nothing
 * that proves anything.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
async function secretsOf(tenant: Tenant, username: string): Promise<Secrets> {
  const { client, engine } = tenant;
  const user = engine.users.find(username);
  if (user?.password.srp) {
    const { salt, verifier } = user.password.srp;
    return { salt, verifier, userId: user.username, password: user.password };
  }
  if (client.configuration.PreventUserExistenceErrors !== "ENABLED")
    await inCognitosWords(() => refuseStranger(tenant, username), signInWording(tenant));
  const name = new TextEncoder().encode(username);
  const made = new Uint8Array(await crypto.subtle.sign("HMAC", await engine.playKey(), name));
  const userId =
    nameContacts(engine.settings.signInModel).length > 0 ? uuidOf(made.subarray(16)) : username;
  return {
    salt: made.subarray(0, 16),
    verifier: numberOf(made) ** 2n,
    userId,
    password: undefined,
  };
}

/** That nobody has the name counts as a wrong password does where it is sent. */
function refuseStranger({ engine }: Tenant, username: string): Promise<never> {
  return engine.accounts.byName(username, async (account) => {
    await engine.lockout.admit(account);
    await engine.lockout.recordFailure(account);
    throw refused("invalid_credentials", "user_not_found");
  });
}
