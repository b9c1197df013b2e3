import type { AttributeValues, Delivery } from "./user.ts";

/** A second factor: what a user shows besides the first one. */
export const mfaMethods = ["totp", "sms_code", "email_code"] as const;
export type MfaMethod = (typeof mfaMethods)[number];

/** A first factor: what a sign-in can begin with. `custom` is whatever the operator hung into the provider. */
export const signInFactors = ["password", "email_code", "sms_code", "passkey", "custom"] as const;
export type SignInFactor = (typeof signInFactors)[number];

/** A JSON object whose form another standard defines (Web Authentication Level 3, section 5.1). */
export type JsonObject = { readonly [member: string]: unknown };

/** A secret for an authenticator app, as it is handed out. */
export interface TotpSecret {
  /** Base32 without padding (RFC 4648 section 6), to be typed in. */
  readonly secret: string;
}

/** One that is handed out in a sign-in, before it is shown who signs in. */
export interface ChallengeTotpSecret extends TotpSecret {
  /** Whose it is, for the app to show: what the user signs in with. */
  readonly account?: string;
}

/**
 * A step that a sign-in still asks for. The `session` stands for how far it has got: it is opaque, bound to the user,
 * the client and this challenge, good for a few minutes, and spent by the answer that takes the sign-in further.
 */
export type Challenge = { readonly session: string } & (
  | {
      /** A code of the user's authenticator app (RFC 6238). */
      readonly type: "totp";
      /** The name that the user gave the app. */
      readonly deviceName?: string;
    }
  | {
      /** A code that was sent. */
      readonly type: "sms_code" | "email_code";
      readonly delivery?: Delivery;
    }
  | {
      /** A password of the user's own in place of the temporary one. */
      readonly type: "new_password";
      /** Attributes that must be given along. */
      readonly requiredAttributes: readonly string[];
    }
  | {
      /**
       * A second factor has to be set up first. Answer with the method, then with what it asks for: `totp` gives a secret,
       * to a code of which this challenge waits then; the others send a code to an address, which is a challenge of theirs.
       */
      readonly type: "mfa_setup";
      /** At least one. */
      readonly methods: readonly MfaMethod[];
      /** Once `totp` was chosen: what the authenticator app needs. */
      readonly totp?: ChallengeTotpSecret;
    }
  | { readonly type: "select_mfa"; readonly methods: readonly MfaMethod[] }
  | { readonly type: "select_factor"; readonly factors: readonly SignInFactor[] }
  | {
      readonly type: "passkey";
      /** `PublicKeyCredentialRequestOptionsJSON` for `navigator.credentials.get()`. */
      readonly options: JsonObject;
    }
  | {
      /** A question that only the operator's own pages know, or one that this version does not know. */
      readonly type: "custom";
      /** The provider's name for it, where it is none of ours. */
      readonly name?: string;
      readonly parameters: Readonly<Record<string, string>>;
    }
);

/** A kind of challenge. */
export type ChallengeType = Challenge["type"];

/**
 * The answer to a challenge, of the challenge's own type; but a recovery code answers whatever asks for a second factor that
 * is set up: `totp`, `sms_code`, `email_code` and `select_mfa`.
 */
export type ChallengeAnswer =
  | { readonly type: "totp" | "sms_code" | "email_code"; readonly code: string }
  | { readonly type: "recovery_code"; readonly code: string }
  | {
      readonly type: "new_password";
      readonly newPassword: string;
      readonly attributes: AttributeValues;
    }
  | {
      readonly type: "mfa_setup";
      /** First the method, then, with the next session, the code of the app that was set up. */
      readonly step:
        | {
            readonly method: MfaMethod;
            /** Where codes shall go, of a method that sends some, to a user who has no such address yet. */
            readonly address?: string;
          }
        | { readonly code: string; readonly deviceName?: string };
    }
  | { readonly type: "select_mfa"; readonly method: MfaMethod }
  | {
      readonly type: "select_factor";
      readonly factor: SignInFactor;
      /** For `password`. */
      readonly password?: string;
    }
  | {
      readonly type: "passkey";
      /** `AuthenticationResponseJSON` of the browser. */
      readonly credential: JsonObject;
    }
  | { readonly type: "custom"; readonly answer: string };
