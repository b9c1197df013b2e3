import { describe, expect, it } from "vitest";
import { oidcIssuer } from "../../../../src/adapters/jwt/index.ts";
import {
  type JwtVerifierOptions,
  readOptions,
} from "../../../../src/adapters/jwt/verification/verifier-options.ts";
import type { AnyPrincipal } from "../../../../src/domain/principal.ts";
import { clientId, issuer, keySetOf } from "../token-signer.ts";

const single = { issuer, clientIds: [clientId], keys: keySetOf() };

describe("the options of a verifier", () => {
  it("have what was left out", () => {
    const { clock, clockToleranceSeconds, isRevoked, takesBoundTokens } = readOptions(single);

    expect({ clock, clockToleranceSeconds, isRevoked, takesBoundTokens }).toEqual({
      clock: Date,
      clockToleranceSeconds: 5,
      isRevoked: undefined,
      takesBoundTokens: false,
    });
  });

  it("go by RS256 alone where they name no algorithm", async () => {
    const found = await readOptions(single).issuers.find(issuer);

    expect(
      ["RS256", "RS384", "PS256", "ES256", ""].filter((name) => found?.algorithms.has(name)),
    ).toEqual(["RS256"]);
  });

  it.each([0, 60])("may have a tolerance of %i seconds", (clockToleranceSeconds) => {
    expect(readOptions({ ...single, clockToleranceSeconds })).toMatchObject({
      clockToleranceSeconds,
    });
  });

  it.each([-0.1, 60.1, Number.NaN, Number.POSITIVE_INFINITY])(
    "may not have a tolerance of %d seconds",
    (clockToleranceSeconds) => {
      expect(() => readOptions({ ...single, clockToleranceSeconds })).toThrow(TypeError);
    },
  );

  it("name one issuer or several, and not both", () => {
    const keys = keySetOf();
    const issuers = [oidcIssuer({ issuer, keys, audiences: ["orders"] })];

    expect(readOptions({ issuers }).issuers.find(issuer)).toBeDefined();
    expect(() => readOptions({ ...single, issuers } as JwtVerifierOptions<AnyPrincipal>)).toThrow(
      TypeError,
    );
    expect(() => readOptions({ issuers: [] })).toThrow(TypeError);
  });

  it("may find an issuer by a function", async () => {
    const known = oidcIssuer({ issuer, keys: keySetOf(), audiences: ["orders"] });
    const { issuers } = readOptions({ issuers: (name) => (name === issuer ? known : undefined) });

    expect(await issuers.find(issuer)).toBeDefined();
    expect(await issuers.find(`${issuer}/`)).toBeUndefined();
  });
});
