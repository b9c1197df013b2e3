import { hasIdentityCode, IdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { Clock } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import { mediaType } from "../format/media-type.ts";
import { type VerificationKeys, verificationKeysOf } from "../keys/verification-keys.ts";
import { checkTrustedIssuer, type TrustedIssuer } from "./trusted-issuer.ts";

/** Finds whose tokens are taken under an issuer's name, for issuers that are known only at run time. */
export type FindIssuer<P extends AnyPrincipal = Principal> = (
  issuer: string,
) => TrustedIssuer<P> | undefined | Promise<TrustedIssuer<P> | undefined>;

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
   * Finds the issuer of a token by its `iss`, which nobody vouches for yet: at once where it is known.
   *
   * @throws {IdentityError} `keys_unavailable` — whether there is such an issuer cannot be told now
   */
  find(iss: string): KnownIssuer | undefined | Promise<KnownIssuer | undefined>;
  /** Tells whether an issuer that was found earlier would be found now. */
  has(issuer: KnownIssuer): boolean;
}

/** Most names that are remembered of each kind, those with an issuer and those without. */
const maxNames = 1_000;

/** Longest name that is looked up, in characters. */
const maxNameLength = 255;

/** The time that an answer counts for, in milliseconds: what is there for minutes, what is not for seconds. */
const foundForMs = 600_000;
const missingForMs = 10_000;

/** The time that looking an issuer up may take, in milliseconds. */
const timeoutMs = 3_000;

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
    has: (issuer) => known.get(issuer.name) === issuer,
  };
}

/**
 * Knows the issuers that a function finds. Names that were found and names that were not are remembered apart and for
 * a while, so that a flood of invented names pushes out no real one; calls for one name share one look-up.
 */
export function foundIssuers(findIssuer: FindIssuer<AnyPrincipal>, clock: Clock): KnownIssuers {
  const found = createBoundedMap<string, KnownIssuer>({
    maxEntries: maxNames,
    maxAgeMs: foundForMs,
    clock,
  });
  const missing = createBoundedMap<string, true>({
    maxEntries: maxNames,
    maxAgeMs: missingForMs,
    clock,
  });
  const pending = new Map<string, Promise<KnownIssuer | undefined>>();

  async function lookUp(iss: string): Promise<KnownIssuer | undefined> {
    const rules = await findIssuer(iss);
    if (!rules) {
      missing.set(iss, true);
      return undefined;
    }
    const issuer = namesOf(rules).get(iss);
    if (!issuer) throw new TypeError("An issuer was found under a name that is not its own.");
    found.set(iss, issuer);
    return issuer;
  }

  async function shared(iss: string): Promise<KnownIssuer | undefined> {
    const work = pending.get(iss) ?? lookUp(iss);
    pending.set(iss, work);
    try {
      // On Workers a look-up dies with the request that started it: nobody may wait for it for ever.
      return await withinDeadline(work, timeoutMs);
    } catch (cause) {
      if (hasIdentityCode(cause, ["keys_unavailable"])) throw cause;
      throw new IdentityError("keys_unavailable", { cause });
    } finally {
      if (pending.get(iss) === work) pending.delete(iss);
    }
  }

  return {
    find(iss) {
      const known = found.get(iss);
      if (known || missing.get(iss) || iss === "" || iss.length > maxNameLength) return known;
      return shared(iss);
    },
    has: (issuer) => found.get(issuer.name) === issuer,
  };
}

/** Checks an issuer and makes it ready under each of its names. */
function namesOf(rules: TrustedIssuer<AnyPrincipal>): ReadonlyMap<string, KnownIssuer> {
  checkTrustedIssuer(rules);
  const algorithms = new Set(rules.algorithms);
  const tokenTypes = new Set(rules.tokenTypes.map(mediaType));
  const known = new Map<string, KnownIssuer>();
  for (const { issuer: name, keys } of rules.issuers) {
    if (known.has(name)) throw new TypeError("A verifier was given one issuer twice.");
    known.set(name, { name, rules, keys: verificationKeysOf(keys), algorithms, tokenTypes });
  }
  return known;
}
