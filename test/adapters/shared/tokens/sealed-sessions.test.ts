import { describe, expect, test } from "vitest";
import { createJweSeal } from "../../../../src/adapters/jwe/index.ts";
import { createRevocationCheck } from "../../../../src/adapters/jwt/index.ts";
import { createMemoryRevocationList } from "../../../../src/adapters/memory/index.ts";
import { createSealedSessions } from "../../../../src/adapters/shared/tokens/sealed-sessions.ts";
import { adjustableClock } from "../../memory/support.ts";

const secrets = ["s".repeat(32)];

function start(issuer = "https://sessions.example") {
  const clock = adjustableClock();
  const list = createMemoryRevocationList(clock);
  const revocations = createRevocationCheck({ list, clock });
  const make = (name = issuer) =>
    createSealedSessions({
      ...{ clock, issuer: name, clientId: "portico", sessionSeconds: 3600, accessSeconds: 60 },
      ...{ seal: createJweSeal({ secrets }), revocations, isRevoked: revocations.isRevoked },
    });
  return { clock, list, make, sessions: make() };
}

describe("sessions that are in their refresh tokens", () => {
  test("live for so long, and are found by whoever has the secret", async () => {
    const { clock, make, sessions } = start();
    const { refreshToken, ...session } = await sessions.begin("ada", "mark");

    expect(await make().find(refreshToken)).toEqual(session);
    clock.advance(3599);
    expect(await sessions.find(refreshToken)).toEqual(session);
    clock.advance(1);
    expect(await sessions.find(refreshToken)).toBeUndefined();
  });

  test("are nothing to another issuer with the same secret, or altered", async () => {
    const { make, sessions } = start();
    const { refreshToken } = await sessions.begin("ada", "mark");

    expect(await make("https://other.example").find(refreshToken)).toBeUndefined();
    expect(await sessions.find(`${refreshToken}A`)).toBeUndefined();
    expect(await sessions.find("invented")).toBeUndefined();
  });

  test("end one by one, for as long as they would have lived", async () => {
    const { clock, list, sessions } = start();
    const [one, other] = [await sessions.begin("ada", ""), await sessions.begin("ada", "")];

    await sessions.end(one.refreshToken);
    await sessions.end(one.refreshToken);
    await sessions.end("invented");

    expect(await sessions.find(one.refreshToken)).toBeUndefined();
    expect(await sessions.find(other.refreshToken)).toBeDefined();
    const [revocation] = (await list.read()).revocations;
    expect(revocation?.until).toBeGreaterThanOrEqual(clock.now() / 1000 + 3600);
  });

  test("end all at once, and those of the same second after it are none of them", async () => {
    const { sessions } = start();
    const begun: string[] = [];
    for (const round of [1, 2, 3]) {
      const { refreshToken, since } = await sessions.begin("ada", `${round}`);
      const other = await sessions.begin("eve", "");
      expect(await sessions.find(refreshToken)).toMatchObject({ since });
      begun.push(refreshToken);

      await sessions.endAll("ada");

      expect(await Promise.all(begun.map((token) => sessions.find(token)))).toEqual(
        begun.map(() => undefined),
      );
      expect(await sessions.find(other.refreshToken)).toBeDefined();
    }
  });

  test.each(["eyJhbGciOiJFZERTQSJ9.e30.AA", "e30.x.y"])(
    "are ended by no JWT: %s",
    async (token) => {
      await expect(start().sessions.end(token)).rejects.toMatchObject({
        code: "unsupported_token_type",
      });
    },
  );
});
