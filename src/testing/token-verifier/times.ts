import { expectCode, expectEqual } from "../expectations.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clock, createWorld, nowSeconds } from "./world.ts";

const oneDay = 24 * 60 * 60;

/** The cases on when tokens are good: TV12 to TV16. */
export const timeCases: readonly TokenVerifierCase[] = [
  ...[
    ["is missing", undefined],
    ["is null", null],
    ["is a text", String(nowSeconds + 60)],
    ["is true", true],
    ["is in a list", [nowSeconds + 60]],
    ["is an object", { exp: nowSeconds + 60 }],
    ["is zero", 0],
    ["is negative", -1],
    ["counts in milliseconds", (nowSeconds + 60) * 1000],
    ["is after the end of time", 1e300],
    ["is before the issue", nowSeconds - 61],
    ["is the issue", nowSeconds - 60],
  ].map(([what, exp]) =>
    verifierCase(`TV12: refuses a token whose expiry ${what}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims({ exp }));

      await expectRefusal(verifier.verify(token), "invalid_claims");
    }),
  ),

  verifierCase("TV12: refuses a token whose expiry is infinite", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const text = JSON.stringify(accessClaims());

    for (const number of ["1e400", "-1e400"]) {
      const token = await signer.sign(text.replace(/"exp":\d+/, `"exp":${number}`));
      await expectRefusal(verifier.verify(token), "invalid_claims");
    }
  }),

  verifierCase("TV13: refuses a token at the second of its expiry", async (library) => {
    const { verifier, signer } = await createWorld(library, { clockToleranceSeconds: 0 });
    const expired = await signer.sign(accessClaims({ exp: nowSeconds }));
    const last = await signer.sign(accessClaims({ exp: nowSeconds + 1 }));

    const error = await expectCode(verifier.verify(expired), "token_expired");

    await expectRefusal(Promise.reject(error), "expired");
    await verifier.verify(last);
  }),

  ...[undefined, 5, 60].map((clockToleranceSeconds) =>
    verifierCase(
      `TV14: takes a token to the end of a tolerance of ${clockToleranceSeconds ?? "5 by default"} and no longer`,
      async (library) => {
        const terms = clockToleranceSeconds === undefined ? {} : { clockToleranceSeconds };
        const { verifier, signer } = await createWorld(library, terms);
        const tolerance = clockToleranceSeconds ?? 5;

        await verifier.verify(
          await signer.sign(
            accessClaims({ exp: nowSeconds - tolerance + 1, iat: nowSeconds - 90 }),
          ),
        );
        const late = await signer.sign(
          accessClaims({ exp: nowSeconds - tolerance, iat: nowSeconds - 90 }),
        );

        await expectCode(verifier.verify(late), "token_expired");
      },
    ),
  ),

  verifierCase(
    "TV13: says that a token expired only where nothing else is wrong",
    async (library) => {
      const { verifier, signer, attacker } = await createWorld(library);
      const exp = nowSeconds - 30;
      const wrong = [
        { token_use: "id" },
        { client_id: "other" },
        { sub: "" },
        { scope: 1 },
        { iss: "x" },
      ];

      for (const changes of wrong)
        await expectCode(
          verifier.verify(await signer.sign(accessClaims({ exp, ...changes }))),
          "invalid_token",
        );
      await expectCode(
        verifier.verify(await attacker.sign(accessClaims({ exp }))),
        "invalid_token",
      );
      await expectCode(verifier.verify(await signer.sign(accessClaims({ exp }))), "token_expired");
    },
  ),

  ...[
    [{ nbf: nowSeconds + 6 }, "not_yet_valid"],
    [{ iat: nowSeconds + 6, exp: nowSeconds + 90 }, "not_yet_valid"],
    [{ nbf: null }, "invalid_claims"],
    [{ nbf: String(nowSeconds) }, "invalid_claims"],
    [{ nbf: [nowSeconds] }, "invalid_claims"],
    [{ nbf: 0 }, "invalid_claims"],
    [{ iat: undefined }, "invalid_claims"],
    [{ iat: null }, "invalid_claims"],
    [{ iat: String(nowSeconds) }, "invalid_claims"],
    [{ iat: -1 }, "invalid_claims"],
  ].map(([changes, rejection]) =>
    verifierCase(`TV15: refuses a token with ${JSON.stringify(changes)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(changes as Readonly<Record<string, unknown>>));

      const refused = await expectRefusal(verifier.verify(token));
      await expectRefusal(Promise.reject(refused), rejection as "not_yet_valid" | "invalid_claims");
    }),
  ),

  verifierCase("TV15: takes a token whose start is within the tolerance", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const exp = nowSeconds + 90;

    await verifier.verify(await signer.sign(accessClaims({ nbf: nowSeconds + 5 })));
    await verifier.verify(await signer.sign(accessClaims({ iat: nowSeconds + 5, exp })));
    await verifier.verify(await signer.sign(accessClaims({ nbf: nowSeconds - 100 })));
  }),

  ...["now", null, -1, true].map((auth_time) =>
    verifierCase(
      `TV15: takes ${JSON.stringify(auth_time)} for a missing time of sign-in`,
      async (library) => {
        const { verifier, signer } = await createWorld(library);

        const { authenticatedAt } = await verifier.verify(
          await signer.sign(accessClaims({ auth_time })),
        );

        expectEqual("the time", authenticatedAt, undefined);
      },
    ),
  ),

  verifierCase("TV16: refuses a life of more than a day", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const iat = nowSeconds - 60;

    await verifier.verify(await signer.sign(accessClaims({ iat, exp: iat + oneDay })));
    const tooLong = await signer.sign(accessClaims({ iat, exp: iat + oneDay + 1 }));

    await expectRefusal(verifier.verify(tooLong), "invalid_claims");
  }),

  verifierCase("TV13: keeps no token beyond its expiry, nor before its start", async (library) => {
    const moving = { time: clock.now(), now: () => moving.time };
    const { verifier, signer } = await createWorld(library, { clock: moving });
    const token = await signer.sign(accessClaims({ exp: nowSeconds + 10 }));
    await verifier.verify(token);

    moving.time += 14_999;
    await verifier.verify(token);
    moving.time += 1;
    await expectCode(verifier.verify(token), "token_expired");
    moving.time -= 10_000;
    await verifier.verify(token);
    moving.time -= 90_000;

    await expectRefusal(verifier.verify(token), "not_yet_valid");
  }),
];
