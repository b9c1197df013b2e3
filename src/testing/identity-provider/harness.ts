import type { AttributeValues } from "../../domain/user.ts";
import type { IdentityProvider, KeySet, OutboxMessage, TokenVerifier } from "../../ports/index.ts";
import type { PasskeyDevice } from "./steps/passkey-device.ts";

/** A user who does not exist yet, as the provider under test takes them. */
export interface NewUser {
  readonly username: string;
  /** Random, and good enough for the provider's rules. */
  readonly password: string;
  /** The address holds something random before the `@`. */
  readonly attributes: AttributeValues & { readonly email: string };
}

/** The purpose that a code is good for. */
export type CodePurpose = OutboxMessage["purpose"];

/**
 * The controls that not every back end gives a test. Each is optional in a harness, and a case that needs one names it
 * in `requires`.
 */
export interface HarnessControls {
  /** Tells and moves time. Without it the kit goes by the system's clock. */
  readonly clock: {
    /** The time that the provider sees, in milliseconds since the epoch. */
    now(): number;
    /** Lets the provider, the verifier and the key set see that much time go by at once. */
    advance(seconds: number): void | Promise<void>;
  };
  /** The messages that were sent. */
  readonly deliveries: {
    /** Counts the messages with a code that were sent to a user so far. */
    count(username: string, purpose: CodePurpose): number | Promise<number>;
  };
  /** Keeps messages from being sent. */
  readonly deliveryFaults: {
    /** The next message that the provider would send cannot be sent. */
    failNext(): void | Promise<void>;
    /** Counts the failures that the operator was told of: where the provider sends after its answer, nobody else is. */
    reported?(): number | Promise<number>;
  };
  /** Disables accounts, as an administrator would. */
  readonly disabling: {
    disable(username: string): void | Promise<void>;
  };
  /** Demands that passwords be reset, as an administrator would. */
  readonly forcedReset: {
    demand(username: string): void | Promise<void>;
  };
  /** Makes groups, as an administrator would. */
  readonly groups: {
    create(name: string): void | Promise<void>;
  };
  /**
   * The provider asks a question of its own of everyone who signs in with the factor `custom`: the same one again after
   * a wrong answer, and after the third it refuses.
   */
  readonly customChallenge: {
    /** Gives the right answer to a question. */
    answerTo(parameters: Readonly<Record<string, string>>): string | Promise<string>;
  };
  /** Has browsers that show pages of the provider's site. */
  readonly authenticator: {
    /** Gives one without passkeys. */
    newDevice(): PasskeyDevice;
  };
  /** Has another provider of the kind, where everyone must have a second factor. */
  readonly requiredMfa: OtherProvider;
  /** Has another provider of the kind, where every sign-up waits for an administrator. */
  readonly signUpApproval: OtherProvider;
  /** Has another provider of the kind, where no account can be without an attribute. */
  readonly requiredAttribute: OtherProvider & {
    /** The attribute. */
    readonly name: string;
    /** A value that the provider takes. */
    readonly value: string;
  };
  /** Knows user names that can be written in several ways. */
  readonly spellings: {
    /**
     * Thinks up a user as `newUser` does, and other ways to write the user name that are the same name to the provider: in
     * small letters and capitals, and with accents of their own, which Unicode also has as letters.
     */
    newUser(): NewUser & { readonly spellings: readonly string[] };
  };
  /** Gets the provider's keys from where it publishes them. */
  readonly publishedKeys: {
    /** Gives a verifier that was just started, so has no keys, and counts its requests for them. */
    newVerifier(): { readonly tokens: TokenVerifier; requests(): number };
  };
  /** The provider hashes passwords by itself, and so many at once. */
  readonly hashing: {
    /**
     * Has it hash nothing more, with room for so many that wait, and gives what lets it go on. Those that wait are still to
     * be done then.
     */
    hold(room: number): () => Promise<void>;
  };
  /** The provider replaces the refresh token on every refresh. */
  readonly rotation: {
    /** The time that a replaced refresh token still works for, in seconds. */
    readonly graceSeconds: number;
  };
}

/** A provider that is set up otherwise than the one under test. */
export interface OtherProvider {
  /** Starts it, for the case that asks, which closes it again. */
  start(): Promise<IdentityProviderHarness>;
}

/** The name of a control. */
export type ControlName = keyof HarnessControls;

/**
 * A provider under test, and the one place that knows how its codes reach us.
 *
 * A provider where users sign up must be set up so that anyone may, that a code to the e-mail address confirms a sign-up,
 * and that passwords of fewer than eight characters are refused. One harness serves a whole run: every case has users of
 * its own, so cases need no order. They may run side by side, but for those that require `clock`, `deliveryFaults` or
 * `hashing`.
 */
export interface IdentityProviderHarness {
  readonly identity: IdentityProvider;
  /** Verifies the provider's access tokens. */
  readonly tokens: TokenVerifier;
  /** The keys that the provider signs its tokens with. */
  readonly keys: KeySet;
  readonly controls: Partial<HarnessControls>;
  /** The rounds of each case in which calls come at once. @default 1 */
  readonly raceRounds?: number;
  /** Thinks up a user that the provider has not seen and would accept. */
  newUser(): NewUser;
  /**
   * Gives a user of its own to each call who can sign in with the password, whose e-mail address is proven, and who is in
   * no group. A provider where nobody can sign up needs it.
   *
   * @default one who signs up and confirms the sign-up
   */
  givenUser?(): Promise<NewUser>;
  /**
   * Gives the code that was sent to the user last, by whatever medium: of an invitation, the temporary password. Throws
   * when none was sent.
   */
  codeFor(username: string, purpose: CodePurpose): Promise<string>;
  /** Gives back what the harness holds. */
  close(): Promise<void>;
}
