import type { CaptchaOperation } from "../domain/captcha.ts";
import type { LimitPolicy } from "../domain/rate-limit-policies.ts";
import type { Clock } from "./clock.ts";
import type { EventHistory } from "./event-history.ts";
import type { EventSink } from "./event-sink.ts";
import type { CaptchaVerifier } from "./guards/captcha-verifier.ts";
import type { CompromisedPasswords } from "./guards/compromised-passwords.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import type { KeySet } from "./key-set.ts";
import type { Notices } from "./messages/notices.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { RevocationList } from "./revocation-list.ts";
import type { Seal } from "./seal.ts";
import type { SharedWork } from "./shared-work.ts";
import type { TokenVerifier } from "./token-verifier.ts";
import type { Tracer } from "./tracer.ts";

export type { Administration, CreateUserInput, NamedUser } from "./administration.ts";
export type { Clock } from "./clock.ts";
export type { EventHistory } from "./event-history.ts";
export type { EventSink } from "./event-sink.ts";
export type { CaptchaProof, CaptchaVerifier } from "./guards/captcha-verifier.ts";
export type { CompromisedPasswords } from "./guards/compromised-passwords.ts";
export type { IdentityProvider } from "./identity-provider.ts";
export type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "./key-set.ts";
export type { KeySetCache } from "./key-set-cache.ts";
export type { Courier, Mail } from "./messages/courier.ts";
export type { Notice, NoticeKind, NoticeRecipient, Notices } from "./messages/notices.ts";
export type { Outbox, OutboxMessage } from "./outbox.ts";
export type { Passkeys } from "./passkeys.ts";
export type { ChangePasswordInput, Passwords, ResetPasswordInput } from "./passwords.ts";
export type { AttributeDelivery, Profiles } from "./profiles.ts";
export type { BoundRequest, ProofVerifier } from "./proof-verifier.ts";
export type { RateLimitDecision, RateLimiter } from "./rate-limiter.ts";
export type {
  ConfirmSignUpInput,
  NamedUserInput,
  Registration,
  SignUpInput,
} from "./registration.ts";
export type { ReplayStore } from "./replay-store.ts";
export type { RevocationList, RevocationPage, TokenOwner } from "./revocation-list.ts";
export type { Seal } from "./seal.ts";
export type { MfaPreferences, MfaState, SecondFactors } from "./second-factors.ts";
export type { AnswerChallengeInput, RefreshInput, Sessions, SignInInput } from "./sessions.ts";
export type { ClaimedWork, SharedWork, WorkState } from "./shared-work.ts";
export type {
  BoundTokenVerifier,
  PromptTokenVerifier,
  PromptVerification,
  TokenVerifier,
} from "./token-verifier.ts";
export type { OpenSpan, SpanOpening, Tracer } from "./tracer.ts";
export type {
  BreakerState,
  UpstreamCall,
  UpstreamObserver,
  UpstreamOutcome,
  UpstreamState,
} from "./upstream-observer.ts";

/** A list of revocations, as far as those who end sessions need it. */
export interface Revocations extends Pick<RevocationList, "add"> {
  /**
   * The `iss` of the provider's access tokens, to end those of a user who shows none; or a function that asks for it.
   *
   * @default none: a reset of a password ends the sessions, and no access token that is out
   */
  readonly issuer?: string | (() => Promise<string>);
  /** The longest that an access token lives, in seconds, and so how long it has to be refused. @default a day */
  readonly longestTokenSeconds?: number;
}

/** The limits on what may happen only so often, and what counts it. */
export interface Limits {
  readonly limiter: RateLimiter;
  readonly policies: readonly LimitPolicy[];
  /** Sees to work that the answer does not wait for, and that never fails. @default the answer waits */
  readonly defer?: (work: Promise<void>) => void;
}

/** The captchas that have to be passed, and who says that they were. */
export interface Captcha {
  readonly verifier: CaptchaVerifier;
  /** The operations that ask for one. */
  readonly operations: readonly CaptchaOperation[];
  /** The name of whoever makes them, by which a page knows what to show. */
  readonly provider?: string | undefined;
  /** The public key by which pages show them. */
  readonly siteKey?: string | undefined;
}

/** Something that the service cannot answer requests well without. */
export interface ReadinessCheck {
  /** The name by which whoever runs the service knows it: a lower snake_case word. */
  readonly name: string;

  /**
   * Ends well where it can be used now, and before whoever asks gives up.
   *
   * @throws {Error} whatever it is, where it cannot
   */
  check(): Promise<void>;
}

/** All that the core needs from outside. A use case takes the ones it touches: `Pick<Ports, "identity">`. */
export interface Ports {
  readonly identity: IdentityProvider;
  readonly tokens: TokenVerifier;
  readonly keys: KeySet;
  readonly events: EventSink;
  readonly clock: Clock;
  /** The events that are kept. Without it administrators are told `not_supported`. */
  readonly eventHistory?: EventHistory | undefined;
  /**
   * Gives the name of an account a keyed hash, so that whoever reads events finds those of one account and learns no name:
   * the same for a name in any case. @default events tell no account
   */
  readonly accountHash?: ((username: string) => Promise<string>) | undefined;
  /** Records where the time of requests goes. @default nothing is recorded */
  readonly tracer?: Tracer | undefined;
  /** Where sign-outs are told to whoever verifies access tokens. Without it those live until they expire. */
  readonly revocations?: Revocations | undefined;
  /** Closes what browsers keep of their sessions. Without it no session is kept in cookies. */
  readonly seal?: Seal | undefined;
  /** Where owners of addresses are told what happened to their accounts. Without it they are told nothing. */
  readonly notices?: Notices | undefined;
  /** Where instances share the refreshes of browsers' sessions. Without it each instance makes its own. */
  readonly sharedWork?: SharedWork | undefined;
  /** Beside the keys, what readiness depends on. @default nothing */
  readonly readiness?: readonly ReadinessCheck[] | undefined;
  /** The limits on guesses, codes, sign-ups and refreshes. Without it there are those of the provider alone. */
  readonly limits?: Limits | undefined;
  /** The passwords that nobody is to have, as attackers know them. Without it there are those that the provider refuses. */
  readonly compromisedPasswords?: CompromisedPasswords | undefined;
  /** The captchas that programs do not pass. Without it nobody is asked for any. */
  readonly captcha?: Captcha | undefined;
}
