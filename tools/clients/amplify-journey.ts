import { Amplify } from "aws-amplify";
import {
  confirmSignUp,
  fetchAuthSession,
  fetchUserAttributes,
  signIn,
  signOut,
  signUp,
} from "aws-amplify/auth";

/** An app client as an app names it. */
export interface AppSettings {
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
}

/** A user who has not signed up yet. */
export interface NewUser {
  readonly username: string;
  readonly password: string;
}

/** The acts at the server that no app can do: in Node they are done at once, from a page by the process that drives it. */
export interface ServerControls {
  /** Gives the code that was sent last. */
  readonly lastCode: () => string | Promise<string>;
  /** Sets how many seconds the server's clock is ahead. */
  readonly skewClock: (seconds: number) => void | Promise<void>;
}

/** The results of {@link runJourney}, as plain data, since they may have to leave a page. */
export interface JourneyResults {
  readonly signUpSteps: readonly string[];
  readonly wrongPassword: string;
  readonly isSignedIn: boolean;
  readonly expiredToken: string;
  readonly isRefreshed: boolean;
  readonly email: string | undefined;
  readonly isSignedOut: boolean;
}

/** Has aws-amplify go to a user pool. */
export function configure({ endpoint, poolId, clientId }: AppSettings): void {
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: endpoint },
    },
  });
}

/**
 * Signs a user up, confirms, signs in by SRP, refreshes an access token that has expired, and signs out everywhere: the
 * same in Node and in a page.
 */
export async function runJourney(
  settings: AppSettings,
  { username, password }: NewUser,
  { lastCode, skewClock }: ServerControls,
): Promise<JourneyResults> {
  configure(settings);
  const options = { userAttributes: { email: username } };
  const signedUp = await signUp({ username, password, options });
  const confirmed = await confirmSignUp({ username, confirmationCode: await lastCode() });

  const wrongPassword = await nameOfRefusal(signIn({ username, password: "Wrong-Horse-7" }));
  const { isSignedIn } = await signIn({ username, password });
  const token = await accessToken();

  await skewClock(2 * 60 * 60);
  const expiredToken = await nameOfRefusal(fetchUserAttributes());
  const refreshed = await accessToken({ forceRefresh: true });
  const { email } = await fetchUserAttributes();

  await signOut({ global: true });
  return {
    signUpSteps: [signedUp.nextStep.signUpStep, confirmed.nextStep.signUpStep],
    wrongPassword,
    isSignedIn,
    expiredToken,
    isRefreshed: Boolean(token && refreshed && token !== refreshed),
    email,
    isSignedOut: (await accessToken()) === undefined,
  };
}

async function accessToken(options?: { forceRefresh: boolean }): Promise<string | undefined> {
  const { tokens } = await fetchAuthSession(options);
  return tokens?.accessToken.toString();
}

async function nameOfRefusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
