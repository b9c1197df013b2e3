import type { AnyPrincipal } from "../../../domain/principal.ts";
import { mediaType } from "../format/media-type.ts";
import { type VerificationKeys, verificationKeysOf } from "../keys/verification-keys.ts";
import { checkTrustedIssuer, type TrustedIssuer } from "./trusted-issuer.ts";

/** An issuer under one of its names. */
export interface KnownIssuer {
  readonly name: string;
  readonly rules: TrustedIssuer<AnyPrincipal>;
  readonly keys: VerificationKeys;
  readonly algorithms: ReadonlySet<string>;
  readonly tokenTypes: ReadonlySet<unknown>;
}

/** The issuers that a verifier knows, each name with keys of its own. */
export interface KnownIssuers {
  /**
   * Finds the issuer of a token by its `iss`, which nobody vouches for yet: at once where it is known, and the same object
   * as long as nothing about it has changed.
   *
   * @param before - what was found under that name earlier, and a kept token goes by
   * @throws {IdentityError} `keys_unavailable` — whether there is such an issuer cannot be told now
   */
  find(
    iss: string,
    before?: KnownIssuer,
  ): KnownIssuer | undefined | Promise<KnownIssuer | undefined>;
}

/**
 * Knows the issuers of a list.
 *
 * @throws {TypeError} an empty list, one that would take too much, or one name twice
 */
export function listedIssuers(trusted: readonly TrustedIssuer<AnyPrincipal>[]): KnownIssuers {
  const known = new Map<string, KnownIssuer>();
  for (const rules of trusted) {
    for (const [name, issuer] of namesOf(rules)) {
      if (known.has(name)) throw new TypeError("A verifier was given one issuer twice.");
      known.set(name, issuer);
    }
  }
  const [first] = known.values();
  if (!first) throw new TypeError("A verifier needs an issuer.");
  let latest = first;
  return {
    find(iss) {
      // Most tokens come from the issuer of the one before, and comparing is faster than hashing.
      if (latest.name !== iss) latest = known.get(iss) ?? latest;
      return latest.name === iss ? latest : undefined;
    },
  };
}

/**
 * Checks an issuer and makes it ready under each of its names.
 *
 * @param keysOf - as {@link verificationKeysOf}, or giving what that gave before
 */
export function namesOf(
  rules: TrustedIssuer<AnyPrincipal>,
  keysOf = verificationKeysOf,
): ReadonlyMap<string, KnownIssuer> {
  checkTrustedIssuer(rules);
  const algorithms = new Set(rules.algorithms);
  const tokenTypes = new Set(rules.tokenTypes.map(mediaType));
  const known = new Map<string, KnownIssuer>();
  for (const { issuer: name, keys } of rules.issuers) {
    if (known.has(name)) throw new TypeError("A verifier was given one issuer twice.");
    known.set(name, { name, rules, keys: keysOf(keys), algorithms, tokenTypes });
  }
  return known;
}
