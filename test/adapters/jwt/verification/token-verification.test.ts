import { expect, it, vi } from "vitest";
import {
  createJwtVerifier,
  oauthIssuer,
  type TrustedIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import { claims, clock, issuer, keySetOf, sign, signingKey } from "../token-signer.ts";

const { privateKey, jwk } = await signingKey("access-1");
const keys = keySetOf([jwk]);

it("does not look for an issuer that is not named in text", async () => {
  const issuers = vi.fn(() => undefined);
  const { verify } = createJwtVerifier({ issuers, clock });

  for (const iss of [[issuer], undefined, 7, null]) {
    await expect(verify(await sign(claims({ iss }), privateKey))).rejects.toMatchObject({
      rejection: "wrong_issuer",
    });
  }
  expect(issuers).not.toHaveBeenCalled();
});

it("refuses the claims that an issuer's own reading of them fails on", async () => {
  const failure = new TypeError("no such member");
  const isMachine = () => {
    throw failure;
  };
  const trusted: TrustedIssuer = oauthIssuer({ issuer, keys, audiences: ["orders"], isMachine });
  const { verify } = createJwtVerifier({ issuers: [trusted], clock });
  const token = await sign(claims({ aud: "orders" }), privateKey, { typ: "at+jwt" });

  await expect(verify(token)).rejects.toMatchObject({
    code: "invalid_token",
    rejection: "invalid_claims",
    cause: failure,
  });
});
