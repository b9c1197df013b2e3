import type { UserStatus } from "../../../domain/administration.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import type { MfaPreferences } from "../../../ports/index.ts";
import type { PasskeyRecord } from "../../shared/passkey-verifier.ts";
import type { PasswordHash } from "../credentials/password-hash.ts";
import type { Contact } from "../settings/options.ts";

/** An authenticator app that was confirmed. */
export interface TotpDevice {
  /** Base32. */
  readonly secret: string;
  readonly name: string | undefined;
  /** The time step of the last code that was taken: none up to it is taken again. */
  readonly lastStep: number;
}

/** A passkey that was registered. */
export interface UserPasskey extends PasskeyRecord {
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A user as stored. Never changed, only replaced. */
export interface User {
  readonly subject: string;
  readonly username: string;
  /** The place of the user in listings: given by the store. */
  readonly serial: number;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly attributes: AttributeValues;
  /** The contacts that were proven to be the user's. */
  readonly verified: ReadonlySet<Contact>;
  /** Addresses that count once they were proven. */
  readonly unproven: Readonly<Partial<Record<Contact, string | undefined>>>;
  readonly password: PasswordHash;
  /** The passwords before, the latest first, as far back as they are remembered. */
  readonly formerPasswords: readonly PasswordHash[];
  /** The time that a temporary password expires at, in milliseconds since the epoch. */
  readonly passwordExpiresAt: number | undefined;
  readonly status: UserStatus;
  readonly isEnabled: boolean;
  readonly mfa: MfaPreferences;
  readonly totp: TotpDevice | undefined;
  /** The secret of an authenticator app that was not confirmed yet. */
  readonly newTotpSecret: string | undefined;
  /** The digests of the recovery codes that are left. */
  readonly recoveryCodes: readonly string[];
  /** The oldest first. */
  readonly passkeys: readonly UserPasskey[];
  /**
   * The challenge that the passkey which is being made has to answer, and until when, in milliseconds since the epoch.
   */
  readonly newPasskey: { readonly challenge: string; readonly expiresAt: number } | undefined;
  /** The ids of the user's groups. */
  readonly groupIds: ReadonlySet<number>;
}
