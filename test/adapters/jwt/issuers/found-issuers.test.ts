import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  createJwtVerifier,
  type FindIssuer,
  oauthIssuer,
  type TrustedIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import {
  adjustableClock,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
  watchChecks,
} from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

afterEach(() => {
  vi.restoreAllMocks();
});

const nameOf = (tenant: string) => `https://issuer.example/${tenant}`;

function tokenOf(tenant: string): Promise<string> {
  const times = { iat: nowSeconds - 60, exp: nowSeconds + 80_000 };
  const claims = { ...times, iss: nameOf(tenant), sub: "a", aud: "api", client_id: "c", jti: "j" };
  return sign(claims, key.privateKey, { typ: "at+jwt" });
}

function tenantsIssuer(issuer: string): TrustedIssuer {
  return oauthIssuer({ issuer, keys: keySetOf([key.jwk]), audiences: ["api"] });
}

/** Makes the issuer of each tenant once. */
function sameIssuers(): FindIssuer {
  const made = new Map<string, TrustedIssuer>();
  return (issuer) => {
    const same = made.get(issuer) ?? tenantsIssuer(issuer);
    made.set(issuer, same);
    return same;
  };
}

/** A verifier that finds the issuers of tenants "a" and "b", and what it looked for. */
function world(
  find: FindIssuer = tenantsIssuer,
  options: { readonly cache?: false; readonly maxIssuers?: number } = {},
) {
  const asked: string[] = [];
  const clock = adjustableClock();
  const issuers: FindIssuer = (issuer) => {
    asked.push(issuer);
    return find(issuer);
  };
  const verifier = createJwtVerifier({ issuers, clock, ...options });
  return { asked, clock, verifier };
}

const isKnown: FindIssuer = (issuer) =>
  /\/[ab]$/.test(issuer) ? tenantsIssuer(issuer) : undefined;

describe("issuers that are found at run time", () => {
  it("are found by the name in the token", async () => {
    const { verifier, asked } = world(isKnown);

    const principals = [
      await verifier.verify(await tokenOf("a")),
      await verifier.verify(await tokenOf("b")),
    ];

    expect(principals.map(({ issuer }) => issuer)).toEqual([nameOf("a"), nameOf("b")]);
    expect(asked).toEqual([nameOf("a"), nameOf("b")]);
  });

  it("may take their time to be found, once for all who wait", async () => {
    const { verifier, asked } = world(async (issuer) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return tenantsIssuer(issuer);
    });
    const token = await tokenOf("a");

    await Promise.all(Array.from({ length: 50 }, () => verifier.verify(token)));

    expect(asked).toHaveLength(1);
  });

  it("are remembered for ten minutes", async () => {
    const { verifier, asked, clock } = world(isKnown, { cache: false });
    const token = await tokenOf("a");
    await verifier.verify(token);

    clock.time += 599_999;
    await verifier.verify(token);
    expect(asked).toHaveLength(1);
    clock.time += 1;
    await verifier.verify(token);

    expect(asked).toHaveLength(2);
  });

  it("that are not there are remembered for ten seconds", async () => {
    const { verifier, asked, clock } = world(isKnown);
    const token = await tokenOf("nobody");

    for (const passed of [0, 9_999, 1]) {
      clock.time += passed;
      await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "wrong_issuer" });
    }

    expect(asked).toHaveLength(2);
  });

  it("are not pushed out by any number of invented names", async () => {
    const { verifier, asked } = world(isKnown, { cache: false });
    const token = await tokenOf("a");
    await verifier.verify(token);
    const invented = await Promise.all(Array.from({ length: 1_100 }, (_, n) => tokenOf(`x${n}`)));
    await Promise.allSettled(invented.map((other) => verifier.verify(other)));

    await verifier.verify(token);

    expect(asked.filter((name) => name === nameOf("a"))).toHaveLength(1);
  });

  it("are remembered as many as the option says, those that are used", async () => {
    const { verifier, asked } = world(tenantsIssuer, { cache: false, maxIssuers: 3 });
    const used = await tokenOf("used");
    for (const token of [await tokenOf("idle"), used, used]) await verifier.verify(token);
    for (let n = 0; n < 4; n += 1) await verifier.verify(await tokenOf(`${n}`));
    asked.length = 0;

    await verifier.verify(used);
    await verifier.verify(await tokenOf("idle"));

    expect(asked).toEqual([nameOf("idle")]);
  });

  it.each<[string, FindIssuer]>([
    ["makes each anew", tenantsIssuer],
    ["gives the same again", sameIssuers()],
  ])(
    "take no token with them when others push them out, where the function %s",
    async (_what, find) => {
      const { verifier, asked } = world(find, { maxIssuers: 1 });
      const tokens = [await tokenOf("a"), await tokenOf("b")];
      const verifyAll = async () => {
        for (const token of tokens) await verifier.verify(token);
      };
      for (let times = 0; times < 3; times += 1) await verifyAll();
      const checks = watchChecks();
      asked.length = 0;

      for (let times = 0; times < 3; times += 1) await verifyAll();

      expect(checks).not.toHaveBeenCalled();
      expect(asked.length).toBeGreaterThan(0);
    },
  );

  it("take their tokens with them when they are pushed out and gone", async () => {
    let isThere = true;
    const { verifier } = world((issuer) => (isThere ? tenantsIssuer(issuer) : undefined), {
      maxIssuers: 1,
    });
    const [token, other] = [await tokenOf("a"), await tokenOf("b")];
    for (const each of [token, token, other, other, other]) await verifier.verify(each);

    isThere = false;

    const outcomes = await Promise.allSettled([token, other].map((each) => verifier.verify(each)));
    expect(outcomes.map(({ status }) => status)).toContain("rejected");
  });

  it("leave their tokens verified after ten minutes where they are the same object", async () => {
    const { verifier, asked, clock } = world(sameIssuers());
    const token = await tokenOf("a");
    for (let times = 0; times < 2; times += 1) await verifier.verify(token);
    const checks = watchChecks();

    clock.time += 600_000;
    await verifier.verify(token);

    expect(checks).not.toHaveBeenCalled();
    expect(asked).toHaveLength(2);
  });

  it("have their tokens verified anew after ten minutes where they are another object", async () => {
    const { verifier, clock } = world();
    const token = await tokenOf("a");
    for (let times = 0; times < 2; times += 1) await verifier.verify(token);
    const checks = watchChecks();

    clock.time += 600_000;
    await verifier.verify(token);

    expect(checks).toHaveBeenCalledTimes(1);
  });

  it("that leave take the tokens with them that were kept", async () => {
    let isThere = true;
    const { verifier, clock } = world((issuer) => (isThere ? tenantsIssuer(issuer) : undefined));
    const token = await tokenOf("a");
    await verifier.verify(token);

    isThere = false;
    await expect(verifier.verify(token)).resolves.toBeDefined();
    clock.time += 600_000;

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "wrong_issuer" });
  });

  it.each<[string, FindIssuer]>([
    ["fails", () => Promise.reject(new Error("database down"))],
    [
      "throws",
      () => {
        throw new TypeError("bug");
      },
    ],
    ["finds another issuer", () => tenantsIssuer(nameOf("other"))],
    [
      "finds one that takes too much",
      (issuer) => ({ ...tenantsIssuer(issuer), algorithms: ["none"] }),
    ],
    [
      "finds one with a name twice",
      (issuer) => ({
        ...tenantsIssuer(issuer),
        issuers: [...tenantsIssuer(issuer).issuers, ...tenantsIssuer(issuer).issuers],
      }),
    ],
  ])("refuse nobody where what looks them up %s", async (_what, find) => {
    const { verifier } = world(find);

    await expect(verifier.verify(await tokenOf("a"))).rejects.toMatchObject({
      code: "keys_unavailable",
      cause: expect.any(Error),
    });
  });

  it("pass on what a look-up says of its own failure", async () => {
    const unavailable = new IdentityError("keys_unavailable", { retryAfterSeconds: 7 });
    const { verifier } = world(() => Promise.reject(unavailable));

    await expect(verifier.verify(await tokenOf("a"))).rejects.toBe(unavailable);
  });

  it("are looked up anew after a failure", async () => {
    let isUp = false;
    const { verifier } = world((issuer) =>
      isUp ? tenantsIssuer(issuer) : Promise.reject(new Error("down")),
    );
    const token = await tokenOf("a");
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "keys_unavailable" });

    isUp = true;

    await expect(verifier.verify(token)).resolves.toBeDefined();
  });

  it("are not looked for under a name that no issuer has", async () => {
    const { verifier, asked } = world();

    for (const tenant of ["x".repeat(300), ""]) {
      const iss = tenant && nameOf(tenant);
      const token = await sign({ iss }, key.privateKey, { typ: "at+jwt" });
      await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "wrong_issuer" });
    }

    expect(asked).toEqual([]);
  });
});
