import { createPasskeys, passkeyVerifierOf } from "../../../adapters/memory/factors/passkeys.ts";
import type { Passkeys } from "../../../ports/index.ts";
import { inCognitosWords, say, type Wording } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import type { Directory } from "../directory/directory.ts";
import { anything, integer, required, text } from "../wire/constraints.ts";
import { paginationToken, token } from "../wire/members.ts";
import { pageOf } from "../wire/pages.ts";
import { isMembers } from "../wire/wire.ts";
import { openOperation } from "./operation.ts";

const withToken = { AccessToken: required(token) };

/** The operations on passkeys. */
export const webAuthnOperations = {
  StartWebAuthnRegistration: openOperation(withToken, async (directory, { AccessToken }) => {
    const options = await asUser(directory, AccessToken, (facet, caller) =>
      facet.startPasskeyRegistration(caller),
    );
    return { CredentialCreationOptions: options };
  }),

  CompleteWebAuthnRegistration: openOperation(
    { ...withToken, Credential: required(anything()) },
    async (directory, { AccessToken, Credential }) => {
      const credential = isMembers(Credential) ? Credential : {};
      await asUser(directory, AccessToken, (facet, caller) =>
        facet.finishPasskeyRegistration({ ...caller, credential }),
      );
      return {};
    },
  ),

  ListWebAuthnCredentials: openOperation(
    { ...withToken, MaxResults: integer(0, 20), NextToken: paginationToken },
    async (directory, { AccessToken, MaxResults, NextToken }) => {
      const passkeys = await asUser(directory, AccessToken, (facet, caller) =>
        facet.listPasskeys(caller),
      );
      const { items, next } = pageOf(passkeys, MaxResults || 20, NextToken);
      const credentials = items.map(({ id, name, createdAt }) => ({
        CredentialId: id,
        ...(name !== undefined && { FriendlyCredentialName: name }),
        CreatedAt: createdAt,
        AuthenticatorTransports: [],
      }));
      return { Credentials: credentials, ...(next && { NextToken: next }) };
    },
  ),

  DeleteWebAuthnCredential: openOperation(
    { ...withToken, CredentialId: required(text({ min: 1 })) },
    async (directory, { AccessToken, CredentialId: id }) => {
      await asUser(directory, AccessToken, (facet, caller) =>
        facet.deletePasskey({ ...caller, id }),
      );
      return {};
    },
  ),
};

const wording: Wording = {
  not_supported: say("WebAuthnNotEnabled", "WebAuthn is not enabled for this user pool."),
  challenge_expired: say("WebAuthnChallengeNotFound", "Challenge not found."),
  passkey_rejected: say("WebAuthnCredentialNotSupported", "The credential is not accepted."),
  conflict: say("LimitExceeded", "The user has as many passkeys as there can be."),
  not_found: say("ResourceNotFound", "Credential not found."),
};

async function asUser<T>(
  directory: Directory,
  accessToken: string,
  task: (facet: Passkeys, caller: { readonly accessToken: string }) => Promise<T>,
): Promise<T> {
  const { engine } = await tenantOfToken(directory, accessToken);
  return inCognitosWords(async () => {
    const facet = createPasskeys(engine, passkeyVerifierOf(engine.settings));
    return task(facet, { accessToken });
  }, wording);
}
