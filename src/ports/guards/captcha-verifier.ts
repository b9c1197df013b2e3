import type { CaptchaOperation } from "../../domain/captcha.ts";
import type { WithCallerAddress } from "../../domain/ip-address.ts";

/** A token that a browser was given for passing a captcha, and what it is shown for. */
export interface CaptchaProof extends WithCallerAddress {
  readonly token: string;
  readonly operation: CaptchaOperation;
}

/** The check that a person asks, and no program: by a captcha that was passed in the browser. */
export interface CaptchaVerifier {
  /**
   * Takes a token, once: of any number of calls with one token, at once or one after the other, no more than one ends well.
   *
   * @throws {IdentityError} `rejected_by_policy` — no such token, one that was taken before or is too old, or one of another
   *   site or for another operation, where that is checked
   * @throws {IdentityError} `provider_unavailable` `overloaded` — nothing can be said of the token, which may be spent
   * @throws {IdentityError} `provider_misconfigured` — whoever could say something does not know us
   */
  verify(proof: CaptchaProof): Promise<void>;
}
