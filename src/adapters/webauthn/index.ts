export {
  createWebAuthnPasskeyVerifier,
  type WebAuthnPasskeyVerifierOptions,
} from "./late-verifier.ts";
