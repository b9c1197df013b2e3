import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal, Confirmation, Principal } from "../../../domain/principal.ts";
import type { BoundRequest, ProofVerifier, ReplayStore } from "../../../ports/index.ts";
import { sha256Text } from "../../shared/digest.ts";
import { rejected } from "../format/rejection.ts";
import { type DpopSettings, type DpopVerifierOptions, readDpopOptions } from "./dpop-options.ts";
import { checkProofClaims, type ProofIdentity } from "./proof-claims.ts";
import { checkProofSignature } from "./proof-key.ts";
import { readProof } from "./proof-reader.ts";
import { refusedProof } from "./proof-refusal.ts";

/**
 * Makes a verifier of tokens that are bound to a key of the client's, and of the proof of that key which comes with
 * each request (RFC 9449): for the option `dpop` of `bearerAuth` and `createBearerGuard`.
 *
 * @throws {TypeError} for options that would take too much, or could not work
 * @example
 * const dpop = createDpopVerifier({ verifier, publicUrl: "https://orders.example.com" });
 * app.get("/orders", bearerAuth({ verifier, dpop }), listOrders);
 */
export function createDpopVerifier<P extends AnyPrincipal = Principal>(
  options: DpopVerifierOptions<P>,
): ProofVerifier<P> {
  const settings = readDpopOptions(options);
  const { verifier, algorithms, nonces, replays } = settings;
  return {
    algorithms,

    async verify(request) {
      const principal = await verifier.verifyBound(request.accessToken);
      const { confirmation } = principal;
      const { nonce, ...proof } = await checkProof(request, confirmation, settings);
      if (nonces && !(await nonces.isGood(nonce))) throw rejected("nonce_required");
      // Last, so that nothing but a good proof takes any room, or spends what another one needs.
      const id = await sha256Text(`${confirmation.thumbprint}\n${proof.proofId}`);
      const isNew = await remember(replays, id, expiryOf(proof, settings));
      if (!isNew) throw refusedProof("The proof was used before.");
      return principal;
    },

    nonce: async () => nonces?.issue(),
  };
}

/**
 * Checks a proof against its request. Any fault found here is the proof's: it brings its own key, so nothing else can
 * be out of order.
 */
async function checkProof(
  request: BoundRequest,
  confirmation: Confirmation,
  settings: Omit<DpopSettings, "verifier">,
): Promise<ProofIdentity & { readonly nonce: unknown }> {
  try {
    const proof = readProof(request.proof);
    if (!settings.algorithms.includes(proof.algorithm)) {
      throw refusedProof("The proof is signed with another algorithm.");
    }
    await checkProofSignature(proof, confirmation);
    const now = settings.clock.now() / 1000;
    const identity = await checkProofClaims(proof.claims, request, settings, now);
    return { ...identity, nonce: proof.claims.nonce };
  } catch (error) {
    const isOurs = isIdentityError(error, "invalid_token") && error.rejection === "invalid_proof";
    throw isOurs ? error : refusedProof("The proof is malformed.", error);
  }
}

/** Gives the time from which a proof is too old by any clock that it was not too new for. */
function expiryOf(
  { issuedAt }: ProofIdentity,
  { maxAgeSeconds, clockToleranceSeconds }: Omit<DpopSettings, "verifier">,
): number {
  return Math.ceil(issuedAt + maxAgeSeconds + clockToleranceSeconds) + 1;
}

async function remember(replays: ReplayStore, id: string, until: number): Promise<boolean> {
  try {
    return await replays.add(id, until);
  } catch (cause) {
    if (isIdentityError(cause)) throw cause;
    throw new IdentityError("provider_unavailable", { cause });
  }
}
