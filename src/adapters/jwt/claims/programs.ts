import type { JsonObject } from "../../shared/json-object.ts";
import { clientsOf } from "./clients.ts";

/** Claims that issuers write into tokens which a program got for its own credentials, and users cannot. */
const marks: readonly (readonly [string, string])[] = [
  ["gty", "client-credentials"], // Auth0
  ["idtyp", "app"], // Entra ID
  ["grant_type", "client_credentials"], // Cloud Foundry's UAA and SAP's XSUAA, PingAM
  ["aut", "APPLICATION"], // WSO2
];

/**
 * Tells whether a token speaks for a program, by what only an issuer puts into a token: the subject is the client
 * (RFC 9068 section 2.2), some mark of the issuer's, at Entra ID no scope and the object id as subject, or at Keycloak
 * what only service accounts have.
 */
export function speaksForMachine(claims: JsonObject): boolean {
  const { sub, oid, scp } = claims;
  if (marks.some(([name, value]) => claims[name] === value)) return true;
  // Auth0 says so of the client that is the subject.
  if (clientsOf(claims).some((client) => sub === client || sub === `${client}@clients`))
    return true;
  return (oid !== undefined && oid === sub && scp === undefined) || isServiceAccount(claims);
}

/**
 * The subject of a service account of Keycloak's is an id like a user's. Its tokens say which machine asked for them;
 * where that was left out, they belong to no session, and the name, which users could give themselves elsewhere, is one
 * that Keycloak makes of the client's.
 *
 * @see https://github.com/flytreeleft/nexus3-keycloak-plugin/issues/71
 */
function isServiceAccount(claims: JsonObject): boolean {
  const { clientHost, clientAddress, typ, sid, preferred_username: name } = claims;
  if (clientHost !== undefined || clientAddress !== undefined) return true;
  if ((typ !== "Bearer" && typ !== "DPoP") || (sid ?? undefined) !== undefined) return false;
  return clientsOf(claims).some((client) => name === `service-account-${client}`.toLowerCase());
}
