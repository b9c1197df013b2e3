import type { KeySet, TokenVerifier } from "../../../ports/index.ts";
import { expectEqual } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import type { RemoteKeySetTerms, TokenVerifierLibrary } from "../library.ts";
import type { Signer } from "../signer.ts";
import { accessClaims, clientId, issuer, nowSeconds, signers } from "../world.ts";

/** The answer of an address. */
export type KeyAnswer = (signal: AbortSignal | undefined) => Response | Promise<Response>;

/** An address where keys are published, without a network. */
export interface Endpoint {
  readonly fetch: typeof fetch;
  /** The number of times that it was asked. */
  requests: number;
  /** The addresses that were asked for, each time. */
  readonly addresses: readonly string[];
  answer: KeyAnswer;
}

/** A verifier whose keys are fetched, with a clock that stands still unless it is moved. */
export interface RemoteWorld {
  readonly endpoint: Endpoint;
  readonly clock: { time: number; now(): number };
  readonly keys: KeySet;
  readonly verifier: TokenVerifier;
  readonly signer: Signer;
  readonly attacker: Signer;
  /** The next key of the issuer, under an id of its own. */
  readonly next: Signer;
}

/** The end of the longest cooldown, in milliseconds. */
export const cooldownMs = 10_000;

export const jwksUri = "https://issuer.example/.well-known/jwks.json";

/** Answers with a key set. */
export function publish(...keys: readonly unknown[]): KeyAnswer {
  return () => Response.json({ keys });
}

/** Answers with a text. */
export function answerText(text: string, status = 200): KeyAnswer {
  return () => new Response(text, { status });
}

/** Never answers, and notices being given up or does not. */
export function hang({ isDeaf = false } = {}): KeyAnswer {
  return (signal) =>
    new Promise((_resolve, reject) => {
      if (!isDeaf) signal?.addEventListener("abort", () => reject(signal.reason));
    });
}

/** Sets up a verifier of an issuer whose key is published, or whatever else its address answers with. */
export async function createRemoteWorld(
  library: TokenVerifierLibrary,
  {
    answer,
    terms,
  }: { readonly answer?: KeyAnswer; readonly terms?: Partial<RemoteKeySetTerms> } = {},
): Promise<RemoteWorld> {
  const [signer, other] = await signers();
  const endpoint = createEndpoint(answer ?? publish(signer.jwk));
  const clock = { time: nowSeconds * 1000, now: () => clock.time };
  const keys = library.createRemoteKeySet({ uri: jwksUri, fetch: endpoint.fetch, clock, ...terms });
  // Time goes by in hours here, and tokens are not what it is about.
  const verifier = library.createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    clock: { now: () => nowSeconds * 1000 },
    cache: false,
  });
  const next = renamed(other, "access-2");
  return { endpoint, clock, keys, verifier, signer, attacker: other, next };
}

export function createEndpoint(answer: KeyAnswer): Endpoint {
  const addresses: string[] = [];
  const endpoint: Endpoint = {
    requests: 0,
    addresses,
    answer,
    async fetch(input, init) {
      endpoint.requests += 1;
      addresses.push(input instanceof Request ? input.url : String(input));
      return endpoint.answer(init?.signal ?? undefined);
    },
  };
  return endpoint;
}

/** Signs good tokens that name invented keys. */
export async function invent(signer: Signer, count: number): Promise<readonly string[]> {
  const kids = Array.from({ length: count }, (_, index) => `invented-${index}`);
  return Promise.all(kids.map((kid) => signer.sign(accessClaims(), { kid })));
}

/** Expects that good tokens are taken, however many come at once. */
export async function expectGood({ verifier, signer }: RemoteWorld, count: number): Promise<void> {
  const token = await signer.sign(accessClaims());
  const outcomes = await outcomesAtOnce(Array.from({ length: count }), () =>
    verifier.verify(token),
  );
  expectEqual("the outcomes", [...new Set(outcomes)], ["no error"]);
}

function renamed(signer: Signer, kid: string): Signer {
  return {
    ...signer,
    jwk: { ...signer.jwk, kid },
    sign: (claims, header) => signer.sign(claims, { kid, ...header }),
  };
}
