import { IdentityError } from "../../domain/errors.ts";
import type { Clock } from "../../ports/index.ts";
import { fetchDocument } from "../jwt/keys/fetch-document.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { isJsonObject } from "../shared/json-object.ts";
import { isText } from "./answers/unexpected-answer.ts";

/** The options of {@link createIssuerDiscovery}. */
export interface IssuerDiscoveryOptions {
  /** The address of the pool at the endpoint, as {@link poolAddress} gives it. */
  readonly poolAddress: string;
  readonly clock: Clock;
  /** @default the runtime's */
  readonly fetch?: typeof fetch;
}

const timeoutMs = 3_000;

/** The time after a fetch that failed until the next may start, in milliseconds. */
const cooldownMs = 10_000;

const awsDomains = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazonaws.eu",
  "api.aws",
  "amazonwebservices.com.cn",
  "c2s.ic.gov",
  "sc2s.sgov.gov",
  "csp.hci.ic.gov",
  "cloud.adc-e.uk",
];

/** Gives the address that the documents of a pool are below, where an endpoint serves them. */
export function poolAddress(endpoint: string, userPoolId: string): string {
  return `${endpoint.replace(/\/$/, "")}/${userPoolId}`;
}

/**
 * Tells whether an endpoint is one of AWS's own, as for FIPS, both versions of IP, or a VPC: tokens come in the name of the
 * pool's one issuer whichever of them they were asked for at.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/cognito_identity.html
 */
export function isAwsEndpoint(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return awsDomains.some((domain) => hostname.endsWith(`.${domain}`));
}

/**
 * Makes a function that finds out who issues a pool's tokens, from the discovery document at an endpoint other than AWS's
 * own: an emulator's. Nothing is fetched before the first call, calls share a fetch, and what was found stays.
 *
 * The document is not held against the address that it is fetched from: whoever answers there is sent passwords, and is
 * believed whom it issues tokens as.
 *
 * @returns a function that throws {@link IdentityError} `keys_unavailable` — the document cannot be had, or names no issuer.
 *   Calls try again after ten seconds
 */
export function createIssuerDiscovery(options: IssuerDiscoveryOptions): () => Promise<string> {
  const { poolAddress: address, clock, fetch: request = fetch } = options;
  const uri = new URL(`${address}/.well-known/openid-configuration`);
  let found: string | undefined;
  let failure: { readonly at: number; readonly cause: unknown } | undefined;
  let pending: Promise<string> | undefined;

  async function discover(): Promise<string> {
    const document = await fetchDocument({ uri, request, timeoutMs });
    if (!isJsonObject(document) || !isText(document.issuer))
      throw new Error("The discovery document names no issuer.");
    return document.issuer;
  }

  return async () => {
    if (found !== undefined) return found;
    // A clock that was set says nothing of how long ago it failed.
    const sinceMs = failure ? Math.abs(clock.now() - failure.at) : cooldownMs;
    const waitMs = cooldownMs - sinceMs;
    if (failure && waitMs > 0) throw unavailable(waitMs, failure.cause);
    pending ??= discover();
    const work = pending;
    try {
      // On Workers a fetch dies with the request that started it: nobody may wait for it for ever.
      found = await withinDeadline(work, timeoutMs);
      return found;
    } catch (cause) {
      failure = { at: clock.now(), cause };
      throw unavailable(cooldownMs, cause);
    } finally {
      if (pending === work) pending = undefined;
    }
  };
}

function unavailable(waitMs: number, cause: unknown): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("keys_unavailable", { retryAfterSeconds, cause });
}
