import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { COSEALG, isoBase64URL, isoUint8Array } from "@simplewebauthn/server/helpers";
import { IdentityError } from "../../domain/errors.ts";
import type { PasskeyRecord, PasskeyVerifier } from "../shared/passkey-verifier.ts";
import {
  authenticationResponseOf,
  registrationResponseOf,
  requireSameOriginFrame,
  requireUnattested,
} from "./credential.ts";
import type { WebAuthnPasskeyVerifierOptions } from "./late-verifier.ts";

/** Those that Amazon Cognito takes. */
const algorithms = [COSEALG.ES256, COSEALG.RS256];

/** Web Authentication Level 3, section 7.1, step 26. */
const maxCredentialIdBytes = 1023;

/** Makes the verifier, once its package is there. */
export function createLoadedVerifier(options: WebAuthnPasskeyVerifierOptions): PasskeyVerifier {
  const { rpId, rpName = rpId, userVerification = "required", isMultiFactor = false } = options;
  const expected = {
    expectedOrigin: [...options.origins],
    expectedRPID: rpId,
    requireUserVerification: userVerification === "required",
  };

  return {
    isMultiFactor,

    creationOptions: async ({ challenge, timeoutSeconds, user, existing }) => ({
      ...(await generateRegistrationOptions({
        rpName,
        rpID: rpId,
        userID: isoUint8Array.fromUTF8String(user.id),
        userName: user.name,
        userDisplayName: user.name,
        challenge: isoBase64URL.toBuffer(challenge),
        timeout: timeoutSeconds * 1000,
        excludeCredentials: existing.map((id) => ({ id })),
        // A passkey is a credential that is found without its id: sign-ins name none.
        authenticatorSelection: { residentKey: "required", userVerification },
        supportedAlgorithmIDs: algorithms,
      })),
    }),

    verifyRegistration: ({ credential, challenge }) =>
      orRejected(async () => {
        const response = registrationResponseOf(credential);
        requireSameOriginFrame(response);
        requireUnattested(response);
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          ...expected,
          response,
          expectedChallenge: challenge,
          supportedAlgorithmIDs: algorithms,
        });
        if (!verified) throw new TypeError("the attestation does not hold");
        return recordOf(registrationInfo.credential);
      }),

    requestOptions: async ({ challenge, timeoutSeconds }) => ({
      ...(await generateAuthenticationOptions({
        rpID: rpId,
        challenge: isoBase64URL.toBuffer(challenge),
        timeout: timeoutSeconds * 1000,
        userVerification,
      })),
    }),

    verifyAuthentication: ({ credential, challenge, passkey, userId }) =>
      orRejected(async () => {
        const response = authenticationResponseOf(credential);
        requireSameOriginFrame(response);
        if (response.id !== passkey.id) throw new TypeError("it is another passkey");
        const { userHandle } = response.response;
        // Section 7.2, step 6. Passkeys always give it, but the ceremony was begun for a user.
        if (userHandle !== undefined && isoBase64URL.toUTF8String(userHandle) !== userId)
          throw new TypeError("it is another user's");
        const { id, publicKey, signCount: counter } = passkey;
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          ...expected,
          response,
          expectedChallenge: challenge,
          credential: { id, publicKey, counter },
        });
        if (!verified) throw new TypeError("the signature does not hold");
        return { signCount: authenticationInfo.newCounter };
      }),
  };
}

function recordOf(credential: {
  readonly id: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
}): PasskeyRecord {
  const { id, publicKey, counter } = credential;
  if (isoBase64URL.toBuffer(id).length > maxCredentialIdBytes)
    throw new TypeError("the credential id is too long");
  // Not a part of the answer, which would be kept along with it.
  return { id, publicKey: publicKey.slice(), signCount: counter };
}

/**
 * Refuses the passkey where a check throws: nothing is looked up elsewhere, so whatever goes wrong is wrong with the
 * answer.
 */
async function orRejected<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (cause) {
    throw new IdentityError("passkey_rejected", { cause });
  }
}
