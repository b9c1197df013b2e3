import { refused } from "../../../adapters/memory/errors.ts";
import { signInWithCustomChallenge } from "../../../adapters/memory/sign-in/sign-in.ts";
import { continueSignIn } from "../../../adapters/memory/sign-in/sign-in-steps.ts";
import type { Account } from "../../../adapters/memory/users/accounts.ts";
import { nameContacts } from "../../../adapters/memory/users/sign-in-names.ts";
import { uuidOf } from "../../../adapters/shared/random.ts";
import type { SignInResult } from "../../../domain/session.ts";
import { signInWording } from "../answers/sign-in-wording.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { type Directory, randomName, type Tenant } from "../directory/directory.ts";
import type { SrpSignIn } from "../directory/unfinished-sign-ins.ts";
import { openExchange } from "../srp/exchange.ts";
import { poolNameOf } from "../srp/hasher.ts";
import { numberOf, readPublicValue } from "../srp/numbers.ts";
import { provenBefore } from "../triggers/challenge-triggers.ts";
import { invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";
import type { ChallengeResponses } from "./challenge-responses.ts";
import { answerSignIn } from "./device-sign-in.ts";
import { readProof } from "./srp-proof.ts";

/** The client's part of the beginning of an exchange. */
export interface SrpBeginning extends Partial<Pick<SrpSignIn, "next">> {
  /** `SRP_A`. */
  readonly publicValue: string;
  /**
   * Whether the proof is to come with a session: `USER_SRP_AUTH` has none, and goes on from the secret block alone.
   *
   * @see https://github.com/ministackorg/ministack/pull/1758
   */
  readonly hasSession: boolean;
}

/** The secrets that an exchange goes on with: a user's own numbers, or some that look like them. */
interface Secrets extends Pick<SrpSignIn, "userId" | "password"> {
  readonly salt: Uint8Array;
  readonly verifier: bigint;
}

/**
 * Begins the proof of a password that is not sent.
 *
 * @throws {CognitoException} `UserNotFound` — there is no such user, to a client that tells
 */
export async function beginSrp(
  directory: Directory,
  tenant: Tenant,
  username: string,
  { publicValue, hasSession, next }: SrpBeginning,
): Promise<object> {
  const { clock, randomBytes } = directory.settings;
  const { client, engine } = tenant;
  const clientPublic = readPublicValue(publicValue);
  if (clientPublic === undefined) throw invalidParameter("SRP_A is not valid.");
  const { salt, verifier, userId, password } = await secretsOf(tenant, username);
  const exchange = await openExchange(clientPublic, verifier, randomBytes);
  const session = hasSession ? randomName(directory, 64) : undefined;
  const expiresAt = clock.now() + engine.client.challengeSeconds * 1000;
  const signIn = { clientId: client.id, username, userId, password, exchange, next };
  const key = session ?? exchange.secretBlock;
  directory.signIns.bySrp.set(key, signIn, { expiresAt, isExpendable: true });
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ...(session !== undefined && { Session: session }),
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
  session: string | undefined,
  responses: ChallengeResponses,
): Promise<object> {
  const { client, engine, pool } = tenant;
  const { bySrp } = directory.signIns;
  const isProven = readProof(responses, directory.settings.clock.now());
  const key = session ?? responses.PASSWORD_CLAIM_SECRET_BLOCK ?? "";
  const signIn = bySrp.get(key);
  const names = [signIn?.userId, signIn?.username];
  if (!signIn || signIn.clientId !== client.id || !names.includes(responses.USERNAME))
    throw notAuthorized(
      session === undefined ? "Incorrect username or password." : "Invalid session for the user.",
    );
  bySrp.delete(key);
  const isRight = await isProven(signIn.exchange, poolNameOf(pool.id) + signIn.userId);
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
  if (isProven)
    return continueSignIn(engine, { user, password: proven, isSecondFactorDone: false });
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
    await inCognitosWords(() => refuseUnknownUser(tenant, username), signInWording(tenant));
  const name = new TextEncoder().encode(username);
  const made = new Uint8Array(await crypto.subtle.sign("HMAC", await engine.simulationKey(), name));
  const userId =
    nameContacts(engine.settings.signInModel).length > 0 ? uuidOf(made.subarray(16)) : username;
  return {
    salt: made.subarray(0, 16),
    verifier: numberOf(made) ** 2n,
    userId,
    password: undefined,
  };
}

/** Refuses a name that nobody has. It counts as a wrong password does where that is sent. */
function refuseUnknownUser({ engine }: Tenant, username: string): Promise<never> {
  return engine.accounts.byName(username, async (account) => {
    await engine.lockout.admit(account);
    await engine.lockout.recordFailure(account);
    throw refused("invalid_credentials", "user_not_found");
  });
}
