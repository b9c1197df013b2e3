import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { createRefreshTokens } from "../../../../src/adapters/memory/tokens/refresh-token.ts";
import {
  adjustableClock,
  createProvider,
  outcomeOf,
  outcomesOf,
  readPart,
  signIn,
  signingKeys,
  signUpAndIn,
  startSeconds,
  type TestProvider,
} from "../support.ts";

const day = 24 * 3600;

async function refresh({ identity }: TestProvider, refreshToken: string): Promise<string> {
  const { refreshToken: replacement } = await identity.refresh({ refreshToken });
  if (replacement === undefined) throw new Error("the refresh token was not replaced");
  return replacement;
}

/** RFC 7516 section 7.1. */
const jweForm = /^[\w-]+(\.[\w-]+){4}$/;

function tryRefresh({ identity }: TestProvider, refreshToken: string) {
  return outcomeOf(identity.refresh({ refreshToken }));
}

describe("a refresh token", () => {
  it("is 256 random bits and a proof of origin, opaque to its holder", async () => {
    const provider = createProvider();
    const one = await signUpAndIn(provider);
    const other = await signIn(provider);

    const [left = [], right = []] = [one, other].map(({ refreshToken }) =>
      Array.from(Buffer.from(refreshToken.split(".")[1] ?? "", "base64url")),
    );

    expect(left).toHaveLength(32);
    expect(readPart(one.refreshToken, 0)).toEqual({
      cty: "JWT",
      enc: "A256GCM",
      alg: "RSA-OAEP",
    });
    expect(one.refreshToken).toMatch(jweForm);
    const same = left.filter((byte, index) => byte === right[index]);
    expect(same.length).toBeLessThan(left.length / 4);
  });

  it("takes its random bits from where it is told to", async () => {
    const lengths: number[] = [];
    const { newHandle } = createRefreshTokens({
      randomBytes(length) {
        lengths.push(length);
        return new Uint8Array(length).fill(7);
      },
    });

    expect(newHandle()).toEqual(new Uint8Array(32).fill(7));
    expect(lengths).toEqual([32]);
  });

  it("is refused when one character of it is another", async () => {
    const provider = createProvider();
    const { refreshToken } = await signUpAndIn(provider);

    for (const [index, character] of [...refreshToken].entries()) {
      const other = character === "A" ? "B" : "A";
      const altered = refreshToken.slice(0, index) + other + refreshToken.slice(index + 1);
      expect(await tryRefresh(provider, altered)).toBe("invalid_refresh_token");
    }
    expect(await tryRefresh(provider, refreshToken)).toBe("done");
  });

  it.each([
    ["to the last second of its life", 30 * day - 1, "done"],
    ["not at the end of its life", 30 * day, "invalid_refresh_token"],
  ])("is good %s", async (_, seconds, outcome) => {
    const provider = createProvider();
    const { refreshToken } = await signUpAndIn(provider);

    provider.clock.advance(seconds);

    expect(await tryRefresh(provider, refreshToken)).toBe(outcome);
  });

  it("is known as one however it ended, and signing out with it is no error", async () => {
    const provider = createProvider();
    const { refreshToken, accessToken } = await signUpAndIn(provider);
    await provider.identity.signOutEverywhere({ accessToken });

    const outcomes = await outcomesOf(2, () => provider.identity.signOut({ refreshToken }));

    expect(outcomes).toEqual(["done", "done"]);
  });

  it("cannot be told from a token of another kind by its form only", async () => {
    const { identity } = createProvider();
    const jwt = `${btoa("{}")}.${btoa('{"token_use":"access"}')}.c2lnbmF0dXJl`;

    expect(await outcomeOf(identity.signOut({ refreshToken: jwt }))).toBe("unsupported_token_type");
    expect(await outcomeOf(identity.signOut({ refreshToken: "a.b.c" }))).toBe("done");
  });
});

describe("refresh with rotation", () => {
  const rotating = (graceSeconds: number) => createProvider({ refreshRotation: { graceSeconds } });

  it("replaces the token, in the same session", async () => {
    const provider = rotating(0);
    const { refreshToken, accessToken } = await signUpAndIn(provider);

    const refreshed = await provider.identity.refresh({ refreshToken });

    expect(refreshed.refreshToken).toMatch(jweForm);
    expect(refreshed.refreshToken).not.toBe(refreshToken);
    const [before, after] = [accessToken, refreshed.accessToken].map((token) => readPart(token, 1));
    expect(after?.origin_jti).toBe(before?.origin_jti);
  });

  it("gives the same replacement again within the grace", async () => {
    const provider = rotating(10);
    const { refreshToken } = await signUpAndIn(provider);
    const replacement = await refresh(provider, refreshToken);
    provider.clock.advance(9);

    expect(await refresh(provider, refreshToken)).toBe(replacement);
  });

  it("gives a late comer within the grace the token that is good now", async () => {
    const provider = rotating(10);
    const { refreshToken } = await signUpAndIn(provider);
    const second = await refresh(provider, refreshToken);
    provider.clock.advance(5);
    const third = await refresh(provider, second);

    expect(await refresh(provider, refreshToken)).toBe(third);
    expect(await refresh(provider, second)).toBe(third);
  });

  it("takes a replaced token for stolen when its own grace is over, though a later one's is not", async () => {
    const provider = rotating(10);
    const { refreshToken } = await signUpAndIn(provider);
    const second = await refresh(provider, refreshToken);
    provider.clock.advance(5);
    await refresh(provider, second);
    provider.clock.advance(5);

    expect(await tryRefresh(provider, second)).toBe("done");
    expect(await tryRefresh(provider, refreshToken)).toBe("refresh_token_reused");
  });

  it.each([0, 10])(
    "ends the whole session when a token is reused after %d s of grace",
    async (graceSeconds) => {
      const provider = rotating(graceSeconds);
      const { refreshToken, accessToken } = await signUpAndIn(provider);
      const latest = await refresh(provider, await refresh(provider, refreshToken));
      provider.clock.advance(graceSeconds);

      expect(await tryRefresh(provider, refreshToken)).toBe("refresh_token_reused");

      expect(await tryRefresh(provider, latest)).toBe("invalid_refresh_token");
      expect(await tryRefresh(provider, refreshToken)).toBe("refresh_token_reused");
      expect(await outcomeOf(provider.identity.getProfile({ accessToken }))).toBe("token_revoked");
    },
  );

  it("leaves the user's other sessions alone when a token is reused", async () => {
    const provider = rotating(0);
    const { refreshToken } = await signUpAndIn(provider);
    const other = await signIn(provider);
    await refresh(provider, refreshToken);

    await tryRefresh(provider, refreshToken);

    expect(await tryRefresh(provider, other.refreshToken)).toBe("done");
  });

  it("takes an altered token for invented, not for reused", async () => {
    const provider = rotating(0);
    const { refreshToken } = await signUpAndIn(provider);
    const latest = await refresh(provider, refreshToken);
    const altered = (refreshToken.startsWith("A") ? "B" : "A") + refreshToken.slice(1);
    const tail = refreshToken.slice(0, -1) + (refreshToken.endsWith("A") ? "B" : "A");

    for (const invented of [altered, tail])
      expect(await tryRefresh(provider, invented)).toBe("invalid_refresh_token");

    expect(await tryRefresh(provider, latest)).toBe("done");
  });

  it("does not lengthen the session", async () => {
    const provider = rotating(0);
    const { refreshToken } = await signUpAndIn(provider);
    provider.clock.advance(29 * day);
    const replacement = await refresh(provider, refreshToken);

    provider.clock.advance(day);

    expect(await tryRefresh(provider, replacement)).toBe("invalid_refresh_token");
  });

  it("signs out with any token of the session", async () => {
    const provider = rotating(0);
    const { refreshToken } = await signUpAndIn(provider);
    const latest = await refresh(provider, refreshToken);

    await provider.identity.signOut({ refreshToken });

    expect(await tryRefresh(provider, latest)).toBe("invalid_refresh_token");
  });
});

describe("a session that is kept", () => {
  const accessSeconds = 300;
  const refreshSeconds = 3600;

  function start(options = {}) {
    const clock = adjustableClock();
    const tokenSeconds = { access: accessSeconds, refresh: refreshSeconds };
    const engine = createEngine({
      clock,
      hashIterations: 1,
      signingKeys,
      tokenSeconds,
      ...options,
    });
    const { sessions, client } = engine;
    const begin = async (subject = "ada", changes = {}) =>
      (await sessions.begin(subject, { ...client, ...changes })).session;
    return { clock, sessions, client, begin };
  }

  it("is known for as long as an access token of it can be about", async () => {
    const { clock, sessions, client } = start();
    const { session, refreshToken = "" } = await sessions.begin("ada", client);
    const { id } = session;
    clock.advance(refreshSeconds + accessSeconds - 1);
    const last = [sessions.get(id)?.id, sessions.isAlive(id), sessions.list("ada")];
    const found = await sessions.find(refreshToken);
    clock.advance(1);

    expect(last).toEqual([id, true, []]);
    expect(found).toMatchObject({ sessionId: id, subject: "ada", clientId: client.id });
    expect([sessions.get(id), sessions.isAlive(id)]).toEqual([undefined, false]);
    expect(await sessions.find(refreshToken)).toBeUndefined();
  });

  it("is known for as long after its end, which does not begin again with another", async () => {
    const { clock, sessions, begin } = start();
    const { id } = await begin();
    await sessions.end(id);
    clock.advance(accessSeconds - 1);
    const last = sessions.get(id);
    await sessions.end(id);
    await sessions.endAll("ada");
    clock.advance(1);

    expect(last).toMatchObject({ id, isEnded: true });
    expect(sessions.get(id)).toBeUndefined();
  });

  it("is listed until it is over, or was ended, or its token was used again", async () => {
    const rotation = { refreshRotation: { graceSeconds: 0 } };
    const { clock, sessions, client, begin } = start(rotation);
    const [kept, ended] = [await begin(), await begin()];
    await sessions.end(ended.id);
    const { session, refreshToken = "" } = await sessions.begin("ada", client);
    const token = await sessions.find(refreshToken);
    if (!token) throw new Error("the token was just handed out");
    await sessions.redeem(token, client);
    await outcomeOf(sessions.redeem(token, client));
    const idsOf = () => sessions.list("ada").map(({ id }) => id);
    clock.advance(refreshSeconds - 1);
    const last = idsOf();
    clock.advance(1);

    expect(last).toEqual([kept.id]);
    expect([idsOf(), sessions.isAlive(session.id)]).toEqual([[], false]);
  });

  it("is listed by when it began, whichever was refreshed since", async () => {
    const { clock, sessions, client, begin } = start();
    const { session, refreshToken = "" } = await sessions.begin("ada", client);
    clock.advance(1);
    const second = await begin();
    clock.advance(1);
    const third = await begin();
    const token = await sessions.find(refreshToken);
    if (token) await sessions.redeem(token, client);

    const listed = sessions.list("ada").map(({ id }) => id);

    expect(listed).toEqual([third.id, second.id, session.id]);
  });

  it("is ended with the others of its user, which names those that had not ended", async () => {
    const { sessions, begin } = start();
    const [one, other, ended] = [await begin(), await begin(), await begin()];
    const stranger = await begin("eve");
    await sessions.end(ended.id);

    const named = await sessions.endAllBut("ada", one.id);

    expect(named).toEqual([other.id]);
    expect([one, other, stranger].map(({ id }) => sessions.isAlive(id))).toEqual([
      true,
      false,
      true,
    ]);
    await sessions.endAll("ada");
    expect([one, stranger].map(({ id }) => sessions.isAlive(id))).toEqual([false, true]);
    expect(await sessions.endAllBut("eve", undefined)).toEqual([stranger.id]);
  });

  it("begins as it is told to", async () => {
    const { begin, client } = start();

    const usual = await begin();
    const plain = await begin("ada", { isRevocable: false, deviceKey: "a device" });

    const signedInAt = startSeconds * 1000;
    expect(usual).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      isRevocable: true,
      deviceKey: undefined,
      subject: "ada",
      serial: 1,
      clientId: client.id,
      signedInAt,
      lastActiveAt: signedInAt,
      expiresAt: signedInAt + refreshSeconds * 1000,
      accessSeconds,
      generation: 0,
      replacedAt: [],
      isCompromised: false,
      isEnded: false,
    });
    expect(usual.eventId).not.toBe(usual.id);
    expect(plain).toMatchObject({ isRevocable: false, deviceKey: "a device", eventId: plain.id });
  });

  it("is as it was once a saved state comes back", async () => {
    const { sessions, begin } = start();
    const { id } = await begin();
    const restore = sessions.save();
    await sessions.end(id);

    restore();

    expect(sessions.isAlive(id)).toBe(true);
  });
});
