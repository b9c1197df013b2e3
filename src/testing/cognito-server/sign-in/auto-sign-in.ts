import { continueSignIn } from "../../../adapters/memory/sign-in/sign-in-steps.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { signInWording } from "../answers/sign-in-wording.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { type Directory, randomName, type Tenant } from "../directory/directory.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";
import { answerSignIn } from "./device-sign-in.ts";

/**
 * Gives the session with which a sign-up goes on to a sign-in that asks for nothing more: first through its
 * confirmation, then into `USER_AUTH`. Only clients that allow that flow get one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
export function openAutoSignIn(
  directory: Directory,
  { client, engine }: Tenant,
  username: string,
  isConfirmed: boolean,
): { readonly Session?: string } {
  const subject = engine.users.find(username)?.subject;
  if (subject === undefined || !client.flows.has("ALLOW_USER_AUTH")) return {};
  const session = randomName(directory, 64);
  const expiresAt = directory.settings.clock.now() + engine.client.challengeSeconds * 1000;
  const signIn = { clientId: client.id, subject, isConfirmed };
  directory.signIns.afterSignUp.set(session, signIn, { expiresAt, isExpendable: true });
  return { Session: session };
}

/**
 * Takes a sign-up past its confirmation, whose code is proof enough: aws-amplify sends no session with it and waits for
 * one. A session that is not of the user leads nowhere, and harms nothing.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
 */
export function continueAutoSignIn(
  directory: Directory,
  tenant: Tenant,
  username: string,
  session: string | undefined,
): { readonly Session?: string } {
  const isTheirs = session === undefined || take(directory, tenant, username, session, false);
  return isTheirs ? openAutoSignIn(directory, tenant, username, true) : {};
}

/**
 * Signs in whoever has just signed up, once.
 *
 * @throws {CognitoException} `NotAuthorized` — the session is not of a sign-up of the user's that was confirmed
 */
export async function finishAutoSignIn(
  directory: Directory,
  tenant: Tenant,
  username: string,
  session: string,
): Promise<object> {
  const { engine } = tenant;
  if (!take(directory, tenant, username, session, true))
    throw notAuthorized("Invalid session for the user.");
  const result = await inCognitosWords(
    () =>
      engine.accounts.byName(username, async ({ user }) => {
        if (!user) throw new IdentityError("invalid_credentials");
        return continueSignIn(engine, { user, password: undefined, isSecondFactorDone: false });
      }),
    signInWording(tenant),
  );
  return answerSignIn(directory, tenant, result);
}

function take(
  { signIns }: Directory,
  { client, engine }: Tenant,
  username: string,
  session: string,
  isConfirmed: boolean,
): boolean {
  const signIn = signIns.afterSignUp.get(session);
  const isTheirs =
    signIn?.clientId === client.id &&
    signIn.isConfirmed === isConfirmed &&
    signIn.subject === engine.users.find(username)?.subject;
  if (isTheirs) signIns.afterSignUp.delete(session);
  return isTheirs;
}
