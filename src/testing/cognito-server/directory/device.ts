/** A device that a user signed in from. */
export interface Device {
  readonly key: string;
  /** The part of the salt of the device's password besides its key. */
  readonly groupKey: string;
  readonly name: string | undefined;
  /** Once it is confirmed: what its password is proven against. */
  readonly secret: { readonly salt: Uint8Array; readonly verifier: bigint } | undefined;
  readonly isRemembered: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
  /** In milliseconds since the epoch. */
  readonly authenticatedAt: number;
}

/** The device that a sign-in comes from. */
export interface SignInDevice {
  readonly key: string;
  /** The record of it: nothing, of one that is new. */
  readonly known: Device | undefined;
  /** Whether the client said that it is the one. */
  readonly isNamed: boolean;
}
