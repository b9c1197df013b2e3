/**
 * Reads the options of a request for a passkey, by the browser's own means where it has them.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-parseRequestOptionsFromJSON
 */
export function requestOptionsOf(json: object): PublicKeyCredentialRequestOptions {
  const options = json as PublicKeyCredentialRequestOptionsJSON;
  if (typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function") {
    return PublicKeyCredential.parseRequestOptionsFromJSON(options);
  }
  const { allowCredentials = [], challenge, extensions: _, ...others } = options;
  return {
    ...(others as PublicKeyCredentialRequestOptions),
    challenge: bytesOf(challenge),
    allowCredentials: allowCredentials.map(descriptorOf),
  };
}

/**
 * Reads the options of a passkey that is to be made.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON
 */
export function creationOptionsOf(json: object): PublicKeyCredentialCreationOptions {
  const options = json as PublicKeyCredentialCreationOptionsJSON;
  if (typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function") {
    return PublicKeyCredential.parseCreationOptionsFromJSON(options);
  }
  const { excludeCredentials = [], challenge, user, extensions, ...others } = options;
  return {
    ...(others as PublicKeyCredentialCreationOptions),
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map(descriptorOf),
    ...(extensions?.credProps !== undefined && {
      extensions: { credProps: extensions.credProps },
    }),
  };
}

/**
 * Writes a credential as JSON. Password managers put credentials of their own in the browser's place, some without
 * `toJSON`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-tojson
 */
export function credentialJson(credential: PublicKeyCredential): { [member: string]: unknown } {
  if (typeof credential.toJSON === "function") return { ...credential.toJSON() };
  const { id, rawId, type, authenticatorAttachment, response } = credential;
  return {
    id,
    rawId: textOf(rawId),
    type,
    ...(authenticatorAttachment && { authenticatorAttachment }),
    clientExtensionResults: credential.getClientExtensionResults(),
    response: responseJson(
      response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse,
    ),
  };
}

function responseJson(
  response: AuthenticatorAttestationResponse & AuthenticatorAssertionResponse,
): { [member: string]: unknown } {
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = response;
  if (attestationObject) {
    return {
      clientDataJSON: textOf(clientDataJSON),
      attestationObject: textOf(attestationObject),
      transports: response.getTransports?.() ?? [],
    };
  }
  return {
    clientDataJSON: textOf(clientDataJSON),
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    ...(userHandle && { userHandle: textOf(userHandle) }),
  };
}

function descriptorOf({ id, type, transports }: PublicKeyCredentialDescriptorJSON) {
  return {
    id: bytesOf(id),
    type: type as PublicKeyCredentialType,
    ...(transports && { transports: transports as AuthenticatorTransport[] }),
  };
}

/** Reads base64url without padding (RFC 4648 section 5). */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
