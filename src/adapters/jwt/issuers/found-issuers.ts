import { hasIdentityCode, IdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { Clock } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import { type KnownIssuer, type KnownIssuers, namesOf } from "./known-issuers.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Finds whose tokens are taken under an issuer's name, for issuers that are known only at run time. */
export type FindIssuer<P extends AnyPrincipal = Principal> = (
  issuer: string,
) => TrustedIssuer<P> | undefined | Promise<TrustedIssuer<P> | undefined>;

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
