import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  isoBase64URL,
} from "@simplewebauthn/server/helpers";
import type { JsonObject } from "../../domain/challenge.ts";

/**
 * Reads a `RegistrationResponseJSON` (Web Authentication Level 3, section 5.1): the members that are checked.
 *
 * @throws {TypeError} a member is missing or of another type
 */
export function registrationResponseOf(credential: JsonObject): RegistrationResponseJSON {
  const response = objectOf(credential, "response");
  return {
    ...credentialOf(credential),
    response: {
      clientDataJSON: textOf(response, "clientDataJSON"),
      attestationObject: textOf(response, "attestationObject"),
    },
  };
}

/**
 * Reads an `AuthenticationResponseJSON`, as {@link registrationResponseOf} does.
 *
 * @throws {TypeError} a member is missing or of another type
 */
export function authenticationResponseOf(credential: JsonObject): AuthenticationResponseJSON {
  const response = objectOf(credential, "response");
  const { userHandle } = response;
  const hasUserHandle = userHandle !== undefined && userHandle !== null;
  return {
    ...credentialOf(credential),
    response: {
      clientDataJSON: textOf(response, "clientDataJSON"),
      authenticatorData: textOf(response, "authenticatorData"),
      signature: textOf(response, "signature"),
      ...(hasUserHandle && { userHandle: textOf(response, "userHandle") }),
    },
  };
}

/**
 * Refuses a credential that was made in a frame of another site's page (section 13.4.9).
 *
 * @throws {TypeError} it was
 */
export function requireSameOriginFrame({
  response,
}: RegistrationResponseJSON | AuthenticationResponseJSON): void {
  const { crossOrigin, topOrigin } = decodeClientDataJSON(response.clientDataJSON);
  if (crossOrigin === true || topOrigin !== undefined)
    throw new TypeError("the page is in a frame of another site");
}

/**
 * Refuses attestations by a certificate: none was asked for, and to check one means to fetch revocation lists from
 * addresses that are in it, which anyone could have written. Browsers take them out where none was asked for, and leave
 * `none` or a signature by the passkey itself (section 5.1.3, step 22).
 *
 * @throws {TypeError} it is one
 */
export function requireUnattested({ response }: RegistrationResponseJSON): void {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  const isSelf = format === "packed" && attestation.get("attStmt").get("x5c") === undefined;
  if (format !== "none" && !isSelf) throw new TypeError("an attestation that was not asked for");
}

function credentialOf(credential: JsonObject) {
  if (credential.type !== "public-key") throw new TypeError("no public-key credential");
  return {
    id: textOf(credential, "id"),
    rawId: textOf(credential, "rawId"),
    type: "public-key",
    clientExtensionResults: {},
  } as const;
}

function objectOf(parent: JsonObject, member: string): JsonObject {
  const value = parent[member];
  if (!isObject(value)) throw new TypeError(`${member} is no object`);
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(parent: JsonObject, member: string): string {
  const value = parent[member];
  if (typeof value !== "string") throw new TypeError(`${member} is no text`);
  return value;
}
