import { Hono } from "hono";
import { beforeAll, describe, expect, test } from "vitest";
import { bearerAuth } from "../../../src/hono.ts";
import { createDpopVerifier, createJwtVerifier, oidcIssuer } from "../../../src/jwt.ts";
import {
  clock,
  issuer,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
} from "../../adapters/jwt/token-signer.ts";
import { createClient, digest } from "./dpop/client.ts";

const publicUrl = "https://orders.example.com";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

function api() {
  const keys = keySetOf([key.jwk]);
  const issuers = [oidcIssuer({ issuer, keys, audiences: ["orders-api"] })];
  const verifier = createJwtVerifier({ issuers, clock });
  const dpop = createDpopVerifier({ verifier, publicUrl, clock });
  const app = new Hono();
  app.get(
    "/orders",
    bearerAuth({ verifier, dpop }, (c) => c.text(c.var.principal.kind)),
  );
  app.get(
    "/staff",
    bearerAuth({ verifier, groups: ["staff"] }, (c) => c.text("in")),
  );
  return app;
}

const token = (changes: object) =>
  sign(
    {
      iss: issuer,
      aud: ["account", "orders-api"],
      sub: "0f3c2a64-6a5e-4f2c-9d3b-8a1f5e1c7b90",
      typ: "Bearer",
      azp: "web",
      iat: nowSeconds - 60,
      exp: nowSeconds + 240,
      groups: ["staff"],
      ...changes,
    },
    key.privateKey,
    { typ: "JWT" },
  );

describe("an API of Keycloak's users", () => {
  test("lets a user of a group in", async () => {
    const headers = { Authorization: `Bearer ${await token({ preferred_username: "ada" })}` };

    expect((await api().request("/staff", { headers })).status).toBe(200);
  });

  /** @see https://github.com/flytreeleft/nexus3-keycloak-plugin/issues/71 */
  test("keeps a service account out of what is for users of a group", async () => {
    const claims = {
      client_id: "web",
      clientHost: "10.0.0.7",
      preferred_username: "service-account-web",
    };
    const headers = { Authorization: `Bearer ${await token(claims)}` };

    expect((await api().request("/staff", { headers })).status).toBe(403);
    expect(await (await api().request("/orders", { headers })).text()).toBe("machine");
  });

  /** @see https://github.com/keycloak/keycloak/issues/21919 */
  test("takes a token that is bound to a key, with its proof and not without", async () => {
    const client = await createClient();
    const cnf = { jkt: client.thumbprint, "kc-jkt-type": "DPoP" };
    const shown = await token({ typ: "DPoP", cnf });
    const proof = await client.sign(
      { typ: "DPoP+JWT", alg: "ES256", jwk: client.jwk },
      {
        jti: "proof-1",
        htm: "GET",
        htu: `${publicUrl}/orders`,
        iat: nowSeconds,
        ath: await digest(shown),
      },
    );

    const bound = { Authorization: `DPoP ${shown}`, DPoP: proof };
    const answer = await api().request("/orders", { headers: bound });
    const stolen = await api().request("/orders", {
      headers: { Authorization: `Bearer ${shown}` },
    });

    expect([answer.status, await answer.text(), stolen.status]).toEqual([200, "user", 401]);
  });
});
