import type { Passkey } from "../../../domain/passkey.ts";
import type { Passkeys } from "../../../ports/index.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { allPages } from "../answers/pages.ts";
import { requireSeconds } from "../answers/times.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";
import type { CognitoInput } from "../wire/transport.ts";

/** Makes the facet through which passkeys are registered. */
export function createPasskeys(app: AppClient): Passkeys {
  return {
    async startPasskeyRegistration({ accessToken }) {
      const answer = await app.call("startPasskeyRegistration", "StartWebAuthnRegistration", {
        AccessToken: accessToken,
      });
      const options = answer.CredentialCreationOptions;
      if (!isJsonObject(options)) throw unexpectedAnswer("CredentialCreationOptions");
      return options;
    },

    async finishPasskeyRegistration({ accessToken, credential }) {
      await app.call("finishPasskeyRegistration", "CompleteWebAuthnRegistration", {
        AccessToken: accessToken,
        Credential: credential as CognitoInput<"CompleteWebAuthnRegistration">["Credential"],
      });
    },

    async listPasskeys({ accessToken }) {
      const credentials = await allPages(async (NextToken) => {
        const answer = await app.call("listPasskeys", "ListWebAuthnCredentials", {
          AccessToken: accessToken,
          NextToken,
        });
        return { items: answer.Credentials, next: answer.NextToken };
      });
      return credentials.map(readPasskey);
    },

    async deletePasskey({ accessToken, id }) {
      await app.call("deletePasskey", "DeleteWebAuthnCredential", {
        AccessToken: accessToken,
        CredentialId: id,
      });
    },
  };
}

function readPasskey(credential: unknown): Passkey {
  if (!isJsonObject(credential)) throw unexpectedAnswer("Credentials");
  const { CredentialId: id, FriendlyCredentialName: name } = credential;
  if (!isText(id)) throw unexpectedAnswer("CredentialId");
  const createdAt = requireSeconds(credential.CreatedAt, "CreatedAt");
  return { id, ...(isText(name) && { name }), createdAt };
}
