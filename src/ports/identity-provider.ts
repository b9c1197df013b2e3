import type { Capability } from "../domain/capabilities.ts";
import type { ProviderSetUp } from "../domain/set-up.ts";
import type { Administration } from "./administration.ts";
import type { Clock } from "./clock.ts";
import type { Passkeys } from "./passkeys.ts";
import type { Passwords } from "./passwords.ts";
import type { Profiles } from "./profiles.ts";
import type { Registration } from "./registration.ts";
import type { SecondFactors } from "./second-factors.ts";
import type { Sessions } from "./sessions.ts";

/**
 * The back end that keeps the users. There are no optional methods: what a back end cannot do is missing from its
 * capabilities, and throws `not_supported`.
 *
 * Messages that a stranger can ask for (by signing up, or for another code, a reset, a code to sign in with) may be sent
 * after the answer, so that the time it takes does not tell who exists: a provider that does so answers as if they had
 * been sent, and tells its operator where they were not. The account is the same either way, and asking again sends
 * again.
 *
 * Beside what each method names, any of them can throw, and none blames the user for it:
 *
 * @throws {IdentityError} `provider_unavailable` — the back end is down, throttles us, or answers what it must not; or has
 *   done so that often that it is left alone for a while
 * @throws {IdentityError} `overloaded` — too much is under way already: nothing was done
 * @throws {IdentityError} `provider_timeout` — the back end did not answer in time: whether it did the work is unknown
 * @throws {IdentityError} `provider_misconfigured` — the back end refuses our credentials or settings
 * @throws {IdentityError} `provider_extension_failed` — code that the operator hung into the back end failed
 * @throws {IdentityError} `rejected_by_policy` — code that the operator hung into the back end said no
 * @throws {IdentityError} `insufficient_scope` — of methods that take an access token: it does not allow that
 * @throws {IdentityError} `blocked` — the back end took the request for an attack
 */
export interface IdentityProvider
  extends Registration,
    Sessions,
    Passwords,
    Profiles,
    SecondFactors,
    Passkeys,
    Administration {
  /** The abilities of this back end, set up as it is. */
  readonly capabilities: ReadonlySet<Capability>;

  /**
   * The clock that its access tokens are dated by, as near as can be told: right after a call, in the second in which the
   * call was carried out. By it, tokens from before the end of a user's sessions are told from those after.
   *
   * @default the service's own: should that be ahead, then new tokens are refused for as long
   */
  readonly clock?: Clock;

  /**
   * Tells how it is set up, as far as it knows: for pages, before they draw themselves. It never rejects, whoever calls
   * waits for no more than a moment, and what it tells is so for everyone.
   *
   * @default nothing is known beyond the capabilities
   */
  readonly setUp?: () => ProviderSetUp | Promise<ProviderSetUp>;
}
