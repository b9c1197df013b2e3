export {
  createWebAuthnPasskeyVerifier,
  type WebAuthnPasskeyVerifierOptions,
} from "./passkey-verifier.ts";
