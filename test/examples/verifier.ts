import { cognitoIssuer, createJwtVerifier, createRemoteKeySet, oidcIssuer } from "../../src/jwt.ts";

const customers = cognitoIssuer({
  userPoolId: "eu-west-1_AbCdEfGhI",
  clientIds: ["1example23456789"],
});
const staff = oidcIssuer({
  issuer: "https://keycloak.example.com/realms/staff",
  keys: createRemoteKeySet({
    uri: "https://keycloak.example.com/realms/staff/protocol/openid-connect/certs",
  }),
  audiences: ["orders-api"],
  groupsClaim: ["realm_access", "roles"],
});

export const verifier = createJwtVerifier({ issuers: [customers, staff] });
