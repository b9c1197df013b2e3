import {
  confirmTotp,
  createRecoveryCodes,
  getMfa,
  setMfa,
  startTotp,
} from "../../domain/use-cases/second-factors.ts";
import { callerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import {
  ConfirmTotpRequest,
  MfaPreferences,
  RecoveryCodes,
  SetMfaRequest,
  TotpSecret,
} from "../schemas/second-factors.ts";

export const secondFactorOperations = {
  getMfa: {
    method: "get",
    path: "/v1/me/mfa",
    tag: "Second factors",
    summary: "Read the second factors",
    description:
      "Tells which second factors the user has switched on, which is asked for first, and how many recovery codes are left.",
    bearer: true,
    answer: { status: 200, description: "The second factors.", schema: MfaPreferences },
    codes: callerCodes,
  },
  startTotp: {
    method: "post",
    path: "/v1/me/mfa/totp",
    tag: "Second factors",
    summary: "Get a secret for an authenticator app",
    description:
      "Makes a secret. It counts for nothing until `confirmTotp`; the one that is in use, if any, stays in use until then.",
    bearer: true,
    freshSignIn: true,
    answer: { status: 200, description: "The secret.", schema: TotpSecret },
    codes: callerCodes,
  },
  confirmTotp: {
    method: "post",
    path: "/v1/me/mfa/totp/confirm",
    tag: "Second factors",
    summary: "Confirm an authenticator app",
    description:
      "Confirms that the app has the secret that was made last. This alone switches nothing on: `setMfa` does.",
    bearer: true,
    freshSignIn: true,
    body: ConfirmTotpRequest,
    answer: { status: 204, description: "The app can be used." },
    codes: [...callerCodes, "code_mismatch"],
  },
  setMfa: {
    method: "put",
    path: "/v1/me/mfa",
    tag: "Second factors",
    summary: "Switch second factors on and off",
    description:
      "Replaces the second factors: what is not among `enabled` is switched off. Gets `mfa_not_available` where there is no confirmed authenticator app or proven address for one, or where one is required and none would be left. With all switched off, recovery codes are worthless.",
    bearer: true,
    freshSignIn: true,
    body: SetMfaRequest,
    answer: { status: 204, description: "The second factors are those that were sent." },
    codes: [...callerCodes, "mfa_not_available"],
  },
  createRecoveryCodes: {
    method: "post",
    path: "/v1/me/mfa/recovery-codes",
    tag: "Second factors",
    summary: "Make recovery codes",
    description:
      "Makes ten codes to keep for the day that a second factor is lost: each is good once, as the answer `recovery_code` to a challenge that asks for one. They are told this once, and those made before are worthless. Gets `mfa_not_available` where the user has no second factor, and `not_supported` where the identity provider has no capability `recovery_codes`.",
    bearer: true,
    freshSignIn: true,
    answer: { status: 200, description: "The codes.", schema: RecoveryCodes },
    codes: [...callerCodes, "mfa_not_available"],
  },
} as const satisfies Operations;

/** @param totpIssuer - what authenticator apps show accounts under */
export function secondFactorHandlers(totpIssuer: string): Handlers<typeof secondFactorOperations> {
  return {
    async getMfa({ caller }, ports) {
      const { enabled, preferred, recoveryCodesLeft: left } = await getMfa(ports, caller);
      return {
        enabled: [...enabled],
        ...(preferred && { preferred }),
        ...(left !== undefined && { recovery_codes: { left } }),
      };
    },
    startTotp: ({ caller }, ports) => startTotp(ports, caller, totpIssuer),
    async confirmTotp({ caller, body: { code, device_name: deviceName } }, ports) {
      await confirmTotp(ports, caller, { code, ...(deviceName !== undefined && { deviceName }) });
      return undefined;
    },
    async setMfa({ caller, body }, ports) {
      await setMfa(ports, caller, body);
      return undefined;
    },
    createRecoveryCodes: async ({ caller }, ports) => ({
      codes: [...(await createRecoveryCodes(ports, caller))],
    }),
  };
}
