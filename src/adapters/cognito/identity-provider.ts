import type {
  Clock,
  IdentityProvider,
  Tracer,
  UpstreamObserver,
  UpstreamState,
} from "../../ports/index.ts";
import { completeIdentityProvider } from "../shared/not-supported.ts";
import type { Secrets } from "../shared/secrets.ts";
import { isTrustworthyUrl } from "../shared/secure-url.ts";
import { createPasskeys } from "./account/passkeys.ts";
import { createPasswords } from "./account/passwords.ts";
import { createProfiles } from "./account/profiles.ts";
import { createRegistration } from "./account/registration.ts";
import { createAuthenticatorApps, createSecondFactors } from "./account/second-factors.ts";
import { createAdministration } from "./administration/administration.ts";
import { type CognitoFeature, capabilitiesOf, usualFeatures } from "./features.ts";
import { createSessionList } from "./sessions/session-list.ts";
import { createSessions, type SessionSettings } from "./sessions/sessions.ts";
import { type AuthFlow, isSignedFlow } from "./sign-in/auth-calls.ts";
import { createSignIn, type SignInSettings } from "./sign-in/sign-in.ts";
import type { UnknownUserQuestions } from "./sign-in/unknown-users.ts";
import { createProtectedTransport } from "./upstream/protected-transport.ts";
import { createAppClient } from "./wire/app-client.ts";
import { createServerClock } from "./wire/server-clock.ts";
import { createTracedTransport } from "./wire/traced-transport.ts";
import type { AwsCredentials } from "./wire/transport.ts";
import { createTransport } from "./wire/transport-sdk.ts";

/** The options of {@link createCognitoIdentityProvider}. */
export interface CognitoIdentityProviderOptions extends UnknownUserQuestions {
  /** The AWS Region of the user pool, such as `eu-central-1`. */
  readonly region: string;
  readonly userPoolId: string;
  /** The app client that users sign in through. */
  readonly clientId: string;
  /**
   * The app client's secret, or several, the newest first, while one takes the place of another: which of them Cognito
   * takes is found out. A public client has none.
   */
  readonly clientSecret?: Secrets | undefined;
  /** AWS credentials, or a function that gets them. The `ADMIN_` flows and administration need them, all else does without. */
  readonly credentials?: AwsCredentials | undefined;
  /** The flow by which passwords are checked; the app client must allow it. @default "ADMIN_USER_PASSWORD_AUTH" */
  readonly authFlow?: AuthFlow | undefined;
  /** The flow by which tokens are refreshed. @default "GET_TOKENS_FROM_REFRESH_TOKEN" */
  readonly refreshFlow?: SessionSettings["refreshFlow"] | undefined;
  /** The features that the pool is set up for. @default ["totp_mfa", "sms_mfa", "email_mfa"] */
  readonly features?: readonly CognitoFeature[] | undefined;
  /**
   * The secret that seals the sessions of challenges: a text that is hard to guess and the same for every instance of
   * the service; or several, the newest first, each of which opens what it has sealed. A public client needs it where there is more than one instance, or they are short-lived.
   *
   * @default the app client's secret, and without one a text made up for this provider
   */
  readonly challengeSecret?: Secrets | undefined;
  /**
   * The policy on an account that is not confirmed. Cognito says so before it looks at the password, and so to anyone
   * who types the name. With `hidden` that is a refused password, unless Cognito is seen to have looked: whoever has
   * yet to confirm does not learn it here, so the page has to offer a new code to everyone. With `told` it is passed
   * on.
   *
   * @default "hidden"
   */
  readonly unconfirmed?: SignInSettings["unconfirmed"];
  /**
   * The counter that all instances of the service share: a `RateLimiter`. It counts the codes that challenges are
   * answered with, five each, before Cognito sees them.
   *
   * @default each instance counts for itself, so that several take as many times the guesses
   */
  readonly counter?: SignInSettings["counter"];
  /**
   * Whether the app client has `EnablePropagateAdditionalUserContextData`, so that Cognito takes the caller's address from
   * unsigned calls as well. Signed ones tell it anyway. It takes a client with a secret.
   *
   * @default false
   */
  readonly propagatesCallerAddress?: boolean | undefined;
  /** Tells how the pool is set up, for pages to know. @default nothing is known beyond the features */
  readonly setUp?: IdentityProvider["setUp"] | undefined;
  /** The address to call instead of the Region's endpoint: `https:`, or `http:` on this machine. */
  readonly endpoint?: string | undefined;
  /**
   * The time that a call may take from start to last byte, in milliseconds. All calls of one request together have a fifth
   * more, the wait for their turn included. @default 4000
   */
  readonly timeoutMs?: number | undefined;
  /** Hears of the calls to Cognito, for metrics and logs. @default nobody does */
  readonly upstream?: UpstreamObserver | undefined;
  /** Records the time that calls take, and tells Cognito which trace they are of. @default nothing is recorded */
  readonly tracer?: Tracer | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/** An identity provider that tells how its calls stand. */
export interface CognitoIdentityProvider extends IdentityProvider {
  /** Gives the state of each category of calls that has had any: a gauge to look at, not to keep. */
  upstreamStates(): readonly UpstreamState[];
}

/**
 * Makes an identity provider of an Amazon Cognito user pool. Every call to Cognito is made once: what is not known to
 * have failed is never repeated.
 *
 * @throws {TypeError} for an `ADMIN_` flow without credentials, callers' addresses without a client secret, or an endpoint that anyone between could answer for
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
 * @example
 * const identity = createCognitoIdentityProvider({
 *   region: "eu-central-1",
 *   userPoolId: "eu-central-1_example",
 *   clientId,
 *   clientSecret,
 *   authFlow: "USER_PASSWORD_AUTH",
 * });
 */
export function createCognitoIdentityProvider(
  options: CognitoIdentityProviderOptions,
): CognitoIdentityProvider {
  const { authFlow = "ADMIN_USER_PASSWORD_AUTH", credentials, endpoint } = options;
  checkTogether(authFlow, options);
  const { region, timeoutMs = 4_000 } = options;
  const serverClock = createServerClock(options.clock ?? Date);
  const onDate = serverClock.hear;
  const { tracer, upstream: observer } = options;
  const traceHeaders = tracer && (() => tracer.carry());
  const bare = createTransport({ region, credentials, endpoint, timeoutMs, onDate, traceHeaders });
  const traced = createTracedTransport(bare, tracer);
  const calls = createProtectedTransport(traced, { timeoutMs, observer });
  const app = createAppClient(calls, options);
  const { userPoolId, clock = Date, features = usualFeatures } = options;
  const hasCredentials = credentials !== undefined;
  const capabilities = capabilitiesOf(features, { hasCredentials });
  const has = capabilities.has.bind(capabilities);
  const hasSecondFactors = has("totp_mfa") || has("sms_mfa") || has("email_mfa");
  const { refreshFlow = "GET_TOKENS_FROM_REFRESH_TOKEN" } = options;
  const isApprovalRequired = has("sign_up_approval");
  const identity = completeIdentityProvider({
    capabilities,
    clock: serverClock,
    ...(options.setUp && { setUp: options.setUp }),
    ...createRegistration(app),
    ...createSignIn(app, { ...options, authFlow, clock, capabilities }),
    ...createSessions(app, { refreshFlow, clock }),
    ...(has("session_list") && createSessionList(app)),
    ...createPasswords(app, { userPoolId, hasCredentials, hasSessionList: has("session_list") }),
    ...createProfiles(app),
    ...(hasSecondFactors && createSecondFactors(app)),
    ...(has("totp_mfa") && createAuthenticatorApps(app)),
    ...(has("passkeys") && createPasskeys(app)),
    ...(has("administration") &&
      createAdministration(app, {
        userPoolId,
        isApprovalRequired,
        hasAuthenticatorApps: has("totp_mfa"),
      })),
  });
  return { ...identity, upstreamStates: calls.states };
}

function checkTogether(authFlow: AuthFlow, options: CognitoIdentityProviderOptions): void {
  const { credentials, endpoint, clientSecret, propagatesCallerAddress = false } = options;
  if (isSignedFlow(authFlow) && !credentials) {
    throw new TypeError(`${authFlow} needs AWS credentials.`);
  }
  if (propagatesCallerAddress && clientSecret === undefined) {
    throw new TypeError("Cognito takes callers' addresses from clients with a secret alone.");
  }
  if (endpoint !== undefined && !isTrustworthyUrl(new URL(endpoint))) {
    throw new TypeError("An endpoint must be https.");
  }
}
