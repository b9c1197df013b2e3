import {
  deletePasskey,
  finishPasskeyRegistration,
  listPasskeys,
  startPasskeyRegistration,
} from "../../domain/use-cases/passkeys.ts";
import { callerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { PasskeyParams } from "../schemas/parameters.ts";
import {
  FinishPasskeyRequest,
  PasskeyOptionsResponse,
  PasskeysResponse,
} from "../schemas/passkeys.ts";

export const passkeyOperations = {
  startPasskeyRegistration: {
    method: "post",
    path: "/v1/me/passkeys/registration",
    tag: "Passkeys",
    summary: "Begin to register a passkey",
    description: "Gives what the browser needs to make a passkey, good for a few minutes.",
    bearer: true,
    freshSignIn: true,
    answer: {
      status: 200,
      description: "What the browser needs.",
      schema: PasskeyOptionsResponse,
    },
    codes: [...callerCodes, "conflict"],
  },
  finishPasskeyRegistration: {
    method: "post",
    path: "/v1/me/passkeys",
    tag: "Passkeys",
    summary: "Register a passkey",
    description:
      "Registers the passkey that the browser made, once for each start. Gets `conflict` where the user has as many as are allowed.",
    bearer: true,
    freshSignIn: true,
    body: FinishPasskeyRequest,
    answer: { status: 204, description: "The passkey can be used." },
    codes: [...callerCodes, "passkey_rejected", "challenge_expired", "conflict"],
  },
  listPasskeys: {
    method: "get",
    path: "/v1/me/passkeys",
    tag: "Passkeys",
    summary: "List the passkeys",
    description: "Lists the user's passkeys.",
    bearer: true,
    answer: { status: 200, description: "The passkeys.", schema: PasskeysResponse },
    codes: callerCodes,
  },
  deletePasskey: {
    method: "delete",
    path: "/v1/me/passkeys/{id}",
    tag: "Passkeys",
    summary: "Remove a passkey",
    description: "Removes a passkey of the user's: no sign-in with it from now on.",
    bearer: true,
    freshSignIn: true,
    params: PasskeyParams,
    answer: { status: 204, description: "The passkey is gone." },
    codes: [...callerCodes, "not_found"],
  },
} as const satisfies Operations;

export function passkeyHandlers(): Handlers<typeof passkeyOperations> {
  return {
    async startPasskeyRegistration({ caller }, ports) {
      return { options: { ...(await startPasskeyRegistration(ports, caller)) } };
    },
    async finishPasskeyRegistration({ caller, body }, ports) {
      await finishPasskeyRegistration(ports, caller, body.credential);
      return undefined;
    },
    async listPasskeys({ caller }, ports) {
      const passkeys = await listPasskeys(ports, caller);
      return {
        passkeys: passkeys.map(({ id, name, createdAt }) => ({
          id,
          ...(name !== undefined && { name }),
          created_at: createdAt,
        })),
      };
    },
    async deletePasskey({ caller, params }, ports) {
      await deletePasskey(ports, caller, params.id);
      return undefined;
    },
  };
}
