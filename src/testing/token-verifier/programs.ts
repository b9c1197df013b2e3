import { expectEqual } from "../expectations.ts";
import { createOidcWorld, userClaims } from "./oidc-world.ts";
import { type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import type { Claims } from "./wrong-claims.ts";

/** The claims of a token that a service account of Keycloak's gets. */
const keycloak = {
  sub: "0f3c2a64-6a5e-4f2c-9d3b-8a1f5e1c7b90",
  typ: "Bearer",
  azp: "Nightly-Job",
  client_id: "Nightly-Job",
  clientHost: "10.0.0.7",
  clientAddress: "10.0.0.7",
  preferred_username: "service-account-nightly-job",
  groups: ["staff"],
};

const { clientHost: _host, clientAddress: _address, client_id: _client, ...unplaced } = keycloak;

/** Tokens that programs got for their own credentials, none of them with the client for its subject but the first. */
const programs: readonly (readonly [string, Claims])[] = [
  ["whose subject is its client", { sub: "web" }],
  ["of a service account of Keycloak's", keycloak],
  ["of one that does not say where it is", unplaced],
  ["of one whose session is null, which is none", { ...unplaced, sid: null }],
  ["of one that is bound to nothing but its place", { clientAddress: "10.0.0.7" }],
  ["of Auth0", { sub: "web@clients" }],
  ["of Auth0, by the way it was got", { gty: "client-credentials" }],
  ["of Entra ID, by its type", { idtyp: "app" }],
  ["of Entra ID, by its subject", { oid: "user-1", scope: undefined }],
  ["of Cloud Foundry or PingAM", { grant_type: "client_credentials" }],
  ["of WSO2", { aut: "APPLICATION" }],
];

/** Tokens that users got, however much they look like those. */
const users: readonly (readonly [string, Claims])[] = [
  ["who has some other name", { typ: "Bearer", preferred_username: "service-account-batch" }],
  ["who gave themselves a program's name", { preferred_username: "service-account-web" }],
  ["who has a session", { ...unplaced, sid: "session-1" }],
  ["whose subject is like a program's", { sub: "web@client" }],
  ["who signed in with a password", { gty: "password", grant_type: "password" }],
  ["whom an application speaks for", { aut: "APPLICATION_USER", idtyp: "user" }],
  ["of Entra ID", { oid: "user-1", scope: undefined, scp: "orders.read" }],
];

/**
 * The cases on which tokens speak for a program, whatever their subject looks like: TV29.
 *
 * @see https://github.com/flytreeleft/nexus3-keycloak-plugin/issues/71
 */
export const programCases: readonly TokenVerifierCase[] = [
  ...programs.map(([what, changes]) =>
    verifierCase(`TV29: takes for a program's a token ${what}`, async (library) => {
      const { verify } = await createOidcWorld(library);

      const principal = await verify(userClaims({ groups: ["staff"], ...changes }));

      expectEqual("the kind", principal.kind, "machine");
      expectEqual("it is in groups", "groups" in principal, false);
    }),
  ),

  ...users.map(([what, changes]) =>
    verifierCase(`TV29: takes for a user's the token of one ${what}`, async (library) => {
      const { verify } = await createOidcWorld(library);

      const principal = await verify(userClaims(changes));

      expectEqual("the kind", principal.kind, "user");
    }),
  ),
];
