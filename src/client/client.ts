import type { Account } from "./account/account.ts";
import type { Administration } from "./administration/administration.ts";
import type { CallOptions, CaptchaOptions, Fetch, SignInInput } from "./options.ts";
import type { Passkeys } from "./passkeys/passkeys.ts";
import type { Capabilities, Schemas, Session } from "./schemas.ts";
import type { SessionListener } from "./session/sessions.ts";
import type { Step } from "./sign-in/steps.ts";

/**
 * A client of the service. What it sends and gives is named as in the API's document. All that can go wrong is a
 * `PorticoError`, but for a caller's own signal, whose reason is thrown.
 */
export interface PorticoClient {
  /** The abilities of the service, for a page to know before it shows anything. Asked for once. */
  capabilities(options?: CallOptions): Promise<Capabilities>;
  /** Creates an account. */
  signUp(
    account: Schemas["SignUpRequest"],
    options?: CaptchaOptions,
  ): Promise<Schemas["SignUpResponse"]>;
  /** Confirms an account with the code that was sent. */
  confirmSignUp(
    proof: Schemas["ConfirmSignUpRequest"],
    options?: CallOptions,
  ): Promise<Schemas["ConfirmSignUpResponse"]>;
  /** Sends the code again to whoever waits for one, which makes the one before worthless. */
  resendConfirmation(user: Schemas["UsernameRequest"], options?: CaptchaOptions): Promise<void>;
  /**
   * Begins a sign-in.
   *
   * @throws {PorticoError} the codes of `signIn`, and in cookies `not_same_site` and `cookies_blocked`
   */
  signIn(input: SignInInput, options?: CallOptions): Promise<Step>;
  /** Sends a code to reset a forgotten password with. The answer is the same whoever is named. */
  forgotPassword(user: Schemas["UsernameRequest"], options?: CaptchaOptions): Promise<void>;
  /** Sets a new password with the code that was sent. */
  resetPassword(reset: Schemas["ResetPasswordRequest"], options?: CallOptions): Promise<void>;
  /**
   * Tells who is signed in, nothing if nobody is. What the service said is taken for a minute.
   *
   * @throws {PorticoError} `network_error` and others: nothing is known then, and nobody signed out
   */
  session(options?: CallOptions): Promise<Session | undefined>;
  /**
   * Ends the session. Tokens of one's own keeping are forgotten at once, even where the service cannot be reached and
   * this is rejected; cookies can only be ended there.
   */
  signOut(options?: CallOptions): Promise<void>;
  /** Ends every session of the user. */
  signOutEverywhere(options?: CallOptions): Promise<void>;
  /** Calls a function whenever a session has begun or ended, here or in another tab. Gives the function that stops that. */
  onChange(listener: SessionListener): () => void;
  /** Tells listeners nothing more, and hears of no other tab: for a client that is not used again. */
  close(): void;
  /**
   * Fetches as the global `fetch` does, in the session's name, and once more where its token was refused. Only from the
   * service's own origin and those in `origins`.
   *
   * @throws {PorticoError} `origin_not_listed` — another origin, which would be shown a token
   */
  readonly fetch: Fetch;
  /** Loads what a user can do with their own account. */
  account(): Promise<Account>;
  /** Loads passkeys. */
  passkeys(): Promise<Passkeys>;
  /** Loads what administrators can do with the users of the service. */
  administration(): Promise<Administration>;
}
