import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { BoundTokenVerifier, Clock, ReplayStore } from "../../../ports/index.ts";
import { isTrustworthyUrl } from "../../shared/secure-url.ts";
import { signatureAlgorithm } from "../format/algorithms.ts";
import { createNonces, type DpopNonceOptions, type Nonces } from "./nonces.ts";
import type { ProofTerms } from "./proof-claims.ts";
import { createMemoryReplayStore } from "./replay-store.ts";
import { baseUri } from "./target-uri.ts";

/** The options of {@link createDpopVerifier}. */
export interface DpopVerifierOptions<P extends AnyPrincipal = Principal> {
  /** Verifies the tokens themselves: from `createJwtVerifier`. */
  readonly verifier: BoundTokenVerifier<P>;
  /**
   * The address that clients reach the API under: `https`, or `http` on this machine. Its path, where it has one, is what
   * a proxy takes away from the paths of requests.
   */
  readonly publicUrl: string | URL;
  /** The algorithms that proofs may be signed with: asymmetric ones only. @default those that every runtime verifies */
  readonly algorithms?: readonly string[];
  /** The age that a proof may have, in seconds, up to 300. @default 60 */
  readonly maxAgeSeconds?: number;
  /** The tolerance for clocks of clients that are ahead, in seconds, up to 60. @default 5 */
  readonly clockToleranceSeconds?: number;
  /** The store that used proofs are remembered in. @default in the memory of this process */
  readonly replays?: ReplayStore;
  /** Makes proofs hold a value of the server's, so that none can be made in advance. @default they need not */
  readonly nonces?: DpopNonceOptions;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The options with all that was left out, checked and made ready. */
export interface DpopSettings<P extends AnyPrincipal = Principal> extends ProofTerms {
  readonly verifier: BoundTokenVerifier<P>;
  readonly algorithms: readonly string[];
  readonly replays: ReplayStore;
  readonly nonces: Nonces | undefined;
  readonly clock: Clock;
}

/** The algorithms that WebCrypto verifies on Node.js, Deno, Bun and Workers alike. */
const portableAlgorithms = ["ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256"];

/**
 * Fills in and checks the options.
 *
 * @throws {TypeError} for options that would take too much, or could not work
 */
export function readDpopOptions<P extends AnyPrincipal>(
  options: DpopVerifierOptions<P>,
): DpopSettings<P> {
  const { verifier, algorithms = portableAlgorithms, clock = Date } = options;
  const { maxAgeSeconds = 60, clockToleranceSeconds = 5 } = options;
  if (algorithms.length === 0 || !algorithms.every((name) => signatureAlgorithm(name))) {
    throw new TypeError("Proofs are signed with asymmetric algorithms, and at least one.");
  }
  if (!(maxAgeSeconds > 0 && maxAgeSeconds <= 300)) {
    throw new TypeError("A proof may be up to 300 seconds old.");
  }
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 60)) {
    throw new TypeError("The clocks of clients may be 0 to 60 seconds ahead.");
  }
  return {
    verifier,
    publicUrl: readPublicUrl(options.publicUrl),
    algorithms: [...algorithms],
    maxAgeSeconds,
    clockToleranceSeconds,
    replays: options.replays ?? createMemoryReplayStore({ clock }),
    nonces: options.nonces && createNonces(options.nonces, clock),
    clock,
  };
}

function readPublicUrl(address: string | URL): string {
  const url = new URL(address);
  if (!isTrustworthyUrl(url) || url.search !== "" || url.hash !== "") {
    throw new TypeError("A public address is https, or http on this machine, with no query.");
  }
  return baseUri(url);
}
