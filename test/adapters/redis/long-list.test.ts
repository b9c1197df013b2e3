import { expect, test } from "vitest";
import { createRevocationCheck } from "../../../src/adapters/jwt/index.ts";
import { revocationText } from "../../../src/adapters/jwt/revocations/revocation-text.ts";
import type { UserPrincipal } from "../../../src/domain/principal.ts";
import type { SessionRevocation } from "../../../src/domain/revocation.ts";
import { layLine } from "../../support/line.ts";
import { describeWithRedis } from "../../support/redis.ts";
import { useRevocationLists } from "./support.ts";

/** Two readings, of which one takes its time. */
const slow = { timeout: 30_000 };

const issuer = "https://issuer.example";
const until = Math.floor(Date.now() / 1000) + 600;

const ofSession = (name: number | string): SessionRevocation => ({
  kind: "session",
  issuer,
  sessionId: `session-${name}`,
  until,
});

function principal(name: number | string): UserPrincipal {
  const who = {
    kind: "user",
    issuer,
    subject: "ada",
    clientId: "client-1",
    username: "ada",
  } as const;
  const times = { issuedAt: until - 700, expiresAt: until };
  return { ...who, ...times, sessionId: `session-${name}`, groups: [], scopes: [] };
}

describeWithRedis("a long list in Redis", (url) => {
  const { redis, key, open } = useRevocationLists(url);

  /** Writes what a version wrote that had no set of the texts. */
  async function fill(count: number) {
    const entries = Array.from({ length: count }, (_, name) => revocationText(ofSession(name)));
    await Promise.all(
      entries.map((revocation) => redis.xAdd(key, "*", { revocation, until: String(until) })),
    );
  }

  /** Lets tokens come all the time until one is taken, and gives the bytes that came for it. */
  async function bytesUntilKnown(bytesPerSecond: number, timeoutMs: number) {
    const line = await layLine(url);
    const list = open({ url: line.url, timeoutMs });
    await list.find?.({ issuer, subject: "nobody" }).catch(() => undefined);
    line.narrow(bytesPerSecond);
    const before = line.received();
    const { isRevoked } = createRevocationCheck({ list, timeoutMs, whenUnavailable: "refuse" });
    const ask = async (name: string | number) => isRevoked(principal(name));
    await expect
      .poll(() => ask("none").catch(() => "unavailable"), { timeout: 20_000, interval: 20 })
      .toBe(false);
    const bytes = line.received() - before;
    expect(await ask(0)).toBe(true);
    await line.cut();
    return bytes;
  }

  test("is read once over a link that takes many times as long as anyone waits", slow, async () => {
    await fill(4000);
    const whole = await bytesUntilKnown(Number.POSITIVE_INFINITY, 2000);

    expect(await bytesUntilKnown(whole / 3, 800)).toBeLessThan(1.1 * whole);
  });

  test("is read in smaller parts over a link that a part is too long for", slow, async () => {
    await fill(2000);
    const whole = await bytesUntilKnown(Number.POSITIVE_INFINITY, 2000);

    expect(await bytesUntilKnown(whole / 3, 1000)).toBeLessThan(2 * whole);
  });

  test("begins anew where it comes back with other entries while it is read", async () => {
    await fill(1500);
    const list = open();
    const first = await list.read();
    await redis.del(key);
    await redis.xAdd(key, "1-1", {
      revocation: revocationText(ofSession("new")),
      until: String(until),
    });

    const second = await list.read(first.cursor);

    expect([first.isWhole, first.hasMore]).toEqual([true, true]);
    expect(second).toEqual({
      revocations: [ofSession("new")],
      cursor: "1-1",
      hasMore: false,
      isWhole: true,
    });
  });

  test("cannot be looked up in where nobody wrote the set for it, and can once one is added", async () => {
    await fill(2500);
    const list = open();
    const owner = { issuer, subject: "ada", sessionId: "session-2400" };
    await expect(list.find?.(owner)).rejects.toMatchObject({ code: "provider_unavailable" });

    await list.add(ofSession("new"));

    expect(await list.find?.(owner)).toEqual([ofSession(2400)]);
    expect(await list.find?.({ ...owner, sessionId: "session-new" })).toEqual([ofSession("new")]);
  });

  test("has nothing in the set for looking up that is gone from the list, and ends with it", async () => {
    const list = open();
    for (let name = 0; name < 30; name += 1)
      await list.add({ ...ofSession(name), until: until - 700 });
    await list.add(ofSession("live"));
    await list.add(ofSession("live"));
    const texts = `${key}:texts`;
    expect(await redis.zRange(texts, 0, -1)).toEqual([revocationText(ofSession("live"))]);
    expect(await redis.ttl(texts)).toBe(await redis.ttl(key));

    await redis.del(key);
    await list.add(ofSession("new"));

    expect(await redis.zRange(texts, 0, -1)).toEqual([revocationText(ofSession("new"))]);
  });
});
