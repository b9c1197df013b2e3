import type { JsonObject } from "../../shared/json-object.ts";

/**
 * The claims in which issuers put the client: RFC 9068 section 2.2, OpenID Connect and Keycloak and Auth0, Entra ID's
 * v1.0, Okta.
 */
const clientClaims = ["client_id", "azp", "appid", "cid"];

/** Gives the clients that a token names, each once: one, where nothing is wrong with it. */
export function clientsOf(claims: JsonObject): readonly unknown[] {
  const values = clientClaims.map((name) => claims[name] ?? undefined);
  return [...new Set(values.filter((value) => value !== undefined))];
}
