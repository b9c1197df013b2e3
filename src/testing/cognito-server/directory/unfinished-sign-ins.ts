import {
  createExpiringMap,
  type ExpiringMap,
} from "../../../adapters/memory/store/expiring-map.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { Clock } from "../../../ports/index.ts";
import type { SrpExchange } from "../srp/exchange.ts";
import type { Device, SignInDevice } from "./device.ts";

/** Sign-ins that the engine does not know, by the session that each goes on with. */
export interface UnfinishedSignIns {
  readonly withSetup: ExpiringMap<FinishedSetup>;
  readonly bySrp: ExpiringMap<SrpSignIn>;
  readonly afterSignUp: ExpiringMap<AutoSignIn>;
  readonly fromDevices: ExpiringMap<DeviceSignIn>;
}

/** A sign-in inside of which an authenticator app was set up, and which is done but for handing that out. */
export interface FinishedSetup {
  readonly clientId: string;
  readonly username: string;
  readonly result: SignInResult;
  /** The device that it was set up from, where the pool tells devices apart. */
  readonly device: SignInDevice | undefined;
}

/** A sign-in that waits for the proof of a password. */
export interface SrpSignIn {
  readonly clientId: string;
  /** The name that it was begun with. */
  readonly username: string;
  /** The user's name in the exchange. */
  readonly userId: string;
  /** The password that is to be proven: nobody's, where there is no such user. */
  readonly password: User["password"] | undefined;
  readonly exchange: SrpExchange;
  /** The step after the proof, where that is not the end. */
  readonly next: "custom" | undefined;
}

/** A sign-up that ends with its user signed in. */
export interface AutoSignIn {
  readonly clientId: string;
  readonly subject: string;
  readonly isConfirmed: boolean;
}

/** A sign-in that is done but for the proof that it comes from the device that it says. */
export interface DeviceSignIn {
  readonly clientId: string;
  readonly subject: string;
  readonly device: Device;
  readonly result: SignedIn;
  /** Once the device has sent its public value. */
  readonly exchange: SrpExchange | undefined;
}

/** A sign-in that has ended with tokens. */
export type SignedIn = Extract<SignInResult, { readonly status: "signed_in" }>;

/** Makes a place for sign-ins, with none in it. */
export function createUnfinishedSignIns(clock: Clock): UnfinishedSignIns {
  return {
    withSetup: createExpiringMap(clock),
    bySrp: createExpiringMap(clock),
    afterSignUp: createExpiringMap(clock),
    fromDevices: createExpiringMap(clock),
  };
}
