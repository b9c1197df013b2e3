import type { IdentityErrorCode } from "../../domain/errors.ts";
import type { AnyPrincipal } from "../../domain/principal.ts";
import { isFresh } from "../../domain/use-cases/fresh-sign-in.ts";
import type { BearerOptions } from "./bearer-options.ts";

/** Gives the code of a lack for which the bearer of a good token is not let in, if there is one. */
export type Admission = (principal: AnyPrincipal) => IdentityErrorCode | undefined;

type AdmissionOptions = Pick<
  BearerOptions,
  "scopes" | "anyScope" | "groups" | "maxAge" | "acr" | "clock"
>;

/**
 * Makes the rule for who is let in with a good token. What a new sign-in does not mend is told first.
 *
 * @throws {TypeError} for options that no challenge could name, or that let nobody in
 */
export function admission(options: AdmissionOptions): Admission {
  const isEntitled = entitlement(options);
  const isSignedInWell = signInRule(options);
  if (!isEntitled && !isSignedInWell) return () => undefined;
  return (principal) => {
    if (isEntitled && !isEntitled(principal)) return "insufficient_scope";
    if (isSignedInWell && !isSignedInWell(principal)) return "reauthentication_required";
    return undefined;
  };
}

type Rule = (principal: AnyPrincipal) => boolean;

/** Gives the rule for scopes and groups, if there is one. */
function entitlement({ scopes = [], anyScope, groups }: AdmissionOptions): Rule | undefined {
  const named = [...scopes, ...(anyScope ?? [])];
  if (!named.every((scope) => listedWord.test(scope))) throw new TypeError("A scope is no scope.");
  if (anyScope?.length === 0) throw new TypeError("A list of scopes without any lets nobody in.");
  if (groups?.length === 0) throw new TypeError("A list of groups without any lets nobody in.");
  if (named.length === 0 && groups === undefined) return undefined;
  return (principal) =>
    scopes.every((scope) => principal.scopes.includes(scope)) &&
    (anyScope === undefined || anyScope.some((scope) => principal.scopes.includes(scope))) &&
    (groups === undefined ||
      (principal.kind === "user" && groups.some((group) => principal.groups.includes(group))));
}

/** Gives the rule for the age and the class of the sign-in, if there is one. */
function signInRule({ maxAge, acr, clock = Date }: AdmissionOptions): Rule | undefined {
  // Zero would be "off" to some and "never" to others.
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 1)) {
    throw new TypeError("The age of a sign-in is a whole number of seconds, 1 at least.");
  }
  if (acr?.length === 0) throw new TypeError("A list of classes without any lets nobody in.");
  if (acr && !acr.every((name) => listedWord.test(name))) {
    throw new TypeError("The class of a sign-in has no spaces, quotes or backslashes.");
  }
  if (maxAge === undefined && acr === undefined) return undefined;
  return (principal) =>
    (maxAge === undefined || isFresh(principal, maxAge, clock.now())) &&
    (acr === undefined ||
      (principal.authenticationClass !== undefined && acr.includes(principal.authenticationClass)));
}

/** A word of a list with spaces between, in quotes: as scopes are (RFC 6749 section 3.3). */
const listedWord = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
