import { hasIdentityCode, IdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { Clock } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import { countUse, createUseRing, type RingEntry } from "../../shared/use-ring.ts";
import { verificationKeysOf } from "../keys/verification-keys.ts";
import { type KnownIssuer, type KnownIssuers, namesOf } from "./known-issuers.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Finds whose tokens are taken under an issuer's name, for issuers that are known only at run time. */
export type FindIssuer<P extends AnyPrincipal = Principal> = (
  issuer: string,
) => TrustedIssuer<P> | undefined | Promise<TrustedIssuer<P> | undefined>;

/** The options of {@link foundIssuers}. */
export interface FoundIssuersOptions {
  readonly clock: Clock;
  /** @default 10000 */
  readonly maxIssuers?: number | undefined;
}

/** An issuer that the function gave, and when that was. */
interface FoundIssuer extends KnownIssuer, RingEntry {
  foundAt: number;
}

/** Most names without an issuer that are remembered. */
const maxMissing = 1_000;

/** Longest name that is looked up, in characters. */
const maxNameLength = 255;

/** The time that an answer counts for, in milliseconds: what is there for minutes, what is not for seconds. */
const foundForMs = 600_000;
const missingForMs = 10_000;

/** The time that looking an issuer up may take, in milliseconds. */
const timeoutMs = 3_000;

/**
 * Knows the issuers that a function finds. Names that were found and names that were not are remembered apart and for
 * a while, so that a flood of invented names pushes out no real one; calls for one name share one look-up. Beyond
 * `maxIssuers` those go that are used least, see {@link createUseRing}.
 *
 * An issuer that is looked up again stays the same where the function gives the same object, or where a kept token goes by
 * what it gave less than ten minutes ago; and its keys stay where they are the same object.
 *
 * @throws {TypeError} for a bound that leaves no room
 */
export function foundIssuers(
  findIssuer: FindIssuer<AnyPrincipal>,
  { clock, maxIssuers = 10_000 }: FoundIssuersOptions,
): KnownIssuers {
  if (!(maxIssuers >= 1)) throw new TypeError("A verifier has to remember an issuer.");
  const found = new Map<string, FoundIssuer>();
  const ring = createUseRing<FoundIssuer>();
  const readied = readyIssuers();
  const missing = createBoundedMap<string, true>({
    maxEntries: maxMissing,
    maxAgeMs: missingForMs,
    clock,
  });

  const isFresh = ({ foundAt }: FoundIssuer) => Math.abs(clock.now() - foundAt) < foundForMs;

  function forget(iss: string): void {
    const issuer = found.get(iss);
    if (issuer) ring.remove(issuer);
    found.delete(iss);
  }

  function remember(issuer: FoundIssuer): KnownIssuer {
    const hasRoom = () => found.size + 1 <= maxIssuers;
    if (ring.makeRoom(hasRoom, ({ name }) => found.delete(name))) {
      found.set(issuer.name, issuer);
      ring.add(issuer);
    }
    return issuer;
  }

  async function lookUp(iss: string, before?: KnownIssuer): Promise<KnownIssuer | undefined> {
    const rules = await findIssuer(iss);
    forget(iss);
    if (!rules) {
      missing.set(iss, true);
      return undefined;
    }
    const earlier = before && readied(before.rules).get(iss);
    if (earlier && isFresh(earlier)) return remember(earlier);
    const issuer = readied(rules).get(iss);
    if (!issuer) throw new TypeError("An issuer was found under a name that is not its own.");
    issuer.foundAt = clock.now();
    return remember(issuer);
  }

  const lookUpOnce = sharedLookUps(lookUp);
  return {
    find(iss, before) {
      const known = found.get(iss);
      if (known && isFresh(known)) {
        countUse(known);
        return known;
      }
      if (missing.get(iss) || iss === "" || iss.length > maxNameLength) return undefined;
      return lookUpOnce(iss, before);
    },
  };
}

/** Makes issuers ready, each once: the same object is the same issuer, with the same keys. */
function readyIssuers(): (rules: TrustedIssuer<AnyPrincipal>) => ReadonlyMap<string, FoundIssuer> {
  const keysOf = onceEach(verificationKeysOf);
  return onceEach((rules) => {
    const issuers = [...namesOf(rules, keysOf).values()];
    return new Map(
      issuers.map((issuer) => [issuer.name, { ...issuer, foundAt: 0, uses: 0, place: 0 }]),
    );
  });
}

/** Remembers what was made of each object, for as long as anyone has the object. */
function onceEach<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, { readonly to: To }>();
  return (from) => {
    const { to } = made.get(from) ?? { to: make(from) };
    made.set(from, { to });
    return to;
  };
}

type LookUp = (iss: string, before?: KnownIssuer) => Promise<KnownIssuer | undefined>;

/** Shares a look-up among all who ask for one name, and ends their waiting at the deadline. */
function sharedLookUps(lookUp: LookUp): LookUp {
  const pending = new Map<string, ReturnType<LookUp>>();
  return async (iss, before) => {
    const work = pending.get(iss) ?? lookUp(iss, before);
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
  };
}
