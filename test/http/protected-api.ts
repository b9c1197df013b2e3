import { Hono } from "hono";
import { createJwtVerifier } from "../../src/adapters/jwt/index.ts";
import { bearerAuth } from "../../src/hono.ts";
import { type BearerOptions, createBearerGuard } from "../../src/jwt.ts";
import type { TokenVerifier } from "../../src/ports/index.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  keySetOf,
  sign,
  signingKey,
} from "../adapters/jwt/tokens.ts";

const { privateKey, jwk } = await signingKey("k1");

/** Signs an access token of a user, with some of its claims changed. */
export function accessToken(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return sign(claims(changes), privateKey, { kid: "k1" });
}

/** A verifier of the tokens that {@link accessToken} signs. */
export function tokenVerifier(): TokenVerifier {
  return createJwtVerifier({ issuer, clientIds: [clientId], keys: keySetOf([jwk]), clock });
}

/** What is protected in each of the ways there are: each answers the subject of the token. */
export const protectedApis: Readonly<Record<string, (options: BearerOptions) => Api>> = {
  bearerAuth(options) {
    const app = new Hono();
    app.all("/orders", bearerAuth(options), (c) => c.text(c.var.principal.subject));
    return async (request) => app.fetch(request);
  },
  createBearerGuard(options) {
    const guard = createBearerGuard(options);
    return async (request) => {
      const principal = await guard(request);
      return principal instanceof Response ? principal : new Response(principal.subject);
    };
  },
};

type Api = (request: Request) => Promise<Response>;
