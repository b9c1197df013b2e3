import type { CallOptions } from "../options.ts";
import type { LoadQr } from "../qr.ts";
import type { Schemas } from "../schemas.ts";
import type { Sessions } from "../session/sessions.ts";

/** An address of a user that codes prove. */
export type AddressName = "email" | "phone_number";

/** A secret for an authenticator app, with the picture that the app scans. */
export interface TotpSetup {
  /** To be typed in, in Base32. */
  readonly secret: string;
  readonly uri: string;
  /** The `uri` as a QR code, in SVG. */
  readonly qr: string;
}

/**
 * The account of the user who is signed in, loaded when it is first used. Each method can end in the codes that its
 * operation has in the API's document, `signed_out`, and `reauthentication_required`: sign in again then, and repeat it.
 */
export interface Account {
  profile(options?: CallOptions): Promise<Schemas["Profile"]>;
  /** Sets attributes; a blank value deletes one. A new address counts once the code that it is sent was confirmed. */
  updateProfile(
    attributes: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<Schemas["UpdateProfileResponse"]>;
  /** Sends a code that proves an address. */
  sendVerification(
    name: AddressName,
    options?: CallOptions,
  ): Promise<Schemas["AttributeVerificationResponse"]>;
  /** Proves an address with the code that it was sent. */
  confirmAttribute(name: AddressName, code: string, options?: CallOptions): Promise<void>;
  /** Ends every other session of the user, and with some providers this one: `session()` tells. */
  changePassword(passwords: Schemas["ChangePasswordRequest"], options?: CallOptions): Promise<void>;
  /** Tells which second factors are switched on, and how many recovery codes are left. */
  mfa(options?: CallOptions): Promise<Schemas["MfaPreferences"]>;
  /** Replaces the second factors: what is not among `enabled` is switched off. */
  setMfa(factors: Schemas["SetMfaRequest"], options?: CallOptions): Promise<void>;
  /** Makes a secret for an authenticator app, which counts for nothing until `confirmTotp`. */
  startTotp(options?: CallOptions): Promise<TotpSetup>;
  /** Confirms that an app has the secret. `setMfa` switches it on. */
  confirmTotp(proof: Schemas["ConfirmTotpRequest"], options?: CallOptions): Promise<void>;
  /** Makes ten recovery codes, which are told this once. Those made before are worthless. */
  createRecoveryCodes(options?: CallOptions): Promise<readonly string[]>;
  /** Gives all sessions of the user that have not ended. */
  sessions(options?: CallOptions): Promise<readonly Schemas["SessionSummary"][]>;
  /** Ends another session than this one. */
  endSession(id: string, options?: CallOptions): Promise<void>;
  /** Deletes the account for good, and with it the session. */
  deleteAccount(options?: CallOptions): Promise<void>;
}

/**
 * Makes the account of whoever is signed in.
 *
 * @param loadQr - loads what draws codes
 */
export function createAccount({ send, forget }: Sessions, loadQr: LoadQr): Account {
  return {
    profile: ({ signal } = {}) => send("get", "/v1/me", { signal }),
    updateProfile: (attributes, { signal } = {}) =>
      send("patch", "/v1/me", { body: { attributes: { ...attributes } }, signal }),
    sendVerification: (name, { signal } = {}) =>
      send("post", "/v1/me/attributes/{name}/verification", { params: { name }, signal }),
    confirmAttribute: (name, code, { signal } = {}) =>
      send("post", "/v1/me/attributes/{name}/verification/confirm", {
        params: { name },
        body: { code },
        signal,
      }),
    changePassword: (body, { signal } = {}) =>
      send("post", "/v1/password/change", { body, signal }),
    mfa: ({ signal } = {}) => send("get", "/v1/me/mfa", { signal }),
    setMfa: (body, { signal } = {}) => send("put", "/v1/me/mfa", { body, signal }),
    async startTotp({ signal } = {}) {
      const [totp, { qrCode }] = await Promise.all([
        send("post", "/v1/me/mfa/totp", { signal }),
        loadQr(),
      ]);
      return { ...totp, qr: qrCode(totp.uri) };
    },
    confirmTotp: (body, { signal } = {}) =>
      send("post", "/v1/me/mfa/totp/confirm", { body, signal }),
    async createRecoveryCodes({ signal } = {}) {
      return (await send("post", "/v1/me/mfa/recovery-codes", { signal })).codes;
    },
    async sessions({ signal } = {}) {
      const all: Schemas["SessionSummary"][] = [];
      let cursor: string | undefined;
      do {
        const page = await send("get", "/v1/me/sessions", { query: { cursor }, signal });
        all.push(...page.sessions);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return all;
    },
    endSession: (id, { signal } = {}) =>
      send("delete", "/v1/me/sessions/{id}", { params: { id }, signal }),
    async deleteAccount({ signal } = {}) {
      await send("delete", "/v1/me", { signal });
      await forget();
    },
  };
}
