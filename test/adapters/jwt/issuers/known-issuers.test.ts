import { afterEach, describe, expect, it, vi } from "vitest";
import { foundIssuers } from "../../../../src/adapters/jwt/issuers/found-issuers.ts";
import { listedIssuers } from "../../../../src/adapters/jwt/issuers/known-issuers.ts";
import {
  checkTrustedIssuer,
  type TrustedIssuer,
} from "../../../../src/adapters/jwt/issuers/trusted-issuer.ts";
import { createBoundedMap } from "../../../../src/adapters/shared/bounded-map.ts";
import { adjustableClock, keySetOf } from "../token-signer.ts";

const nameOf = (tenant: string) => `https://issuer.example/${tenant}`;
const [a, b, c] = [nameOf("a"), nameOf("b"), nameOf("c")];

function trusted(...names: readonly string[]): TrustedIssuer {
  return {
    issuers: names.map((issuer) => ({ issuer, keys: keySetOf() })),
    algorithms: ["RS256"],
    tokenTypes: [undefined],
    maxLifeSeconds: 60,
    readPrincipal() {
      throw new Error("No token is read here.");
    },
  };
}

afterEach(() => vi.useRealTimers());

describe("listed issuers", () => {
  it("are found by each of their names, in any order", async () => {
    const known = listedIssuers([trusted(a, b), trusted(c)]);

    const found = [b, c, c, a, nameOf("other"), a, "", b].map((name) => known.find(name));

    expect((await Promise.all(found)).map((issuer) => issuer?.name)).toEqual([
      ...[b, c, c, a],
      ...[undefined, a, undefined, b],
    ]);
  });

  it("are the same each time, and are known by that", async () => {
    const [known, others] = [listedIssuers([trusted(a)]), listedIssuers([trusted(a)])];
    const [issuer, other] = [await known.find(a), await others.find(a)];

    expect(issuer).toBeDefined();
    expect(await known.find(a)).toBe(issuer);
    expect(other).not.toBe(issuer);
  });

  it.each<[string, readonly TrustedIssuer[]]>([
    ["no issuer", []],
    ["one issuer twice", [trusted(a), trusted(a)]],
    ["one name twice", [trusted(a, b, a)]],
    ["an issuer that takes too much", [{ ...trusted(a), algorithms: ["none"] }]],
  ])("are refused with %s", (_what, issuers) => {
    expect(() => listedIssuers(issuers)).toThrow(TypeError);
  });
});

describe("found issuers", () => {
  it("are known at once while they are remembered", async () => {
    const clock = adjustableClock();
    const known = foundIssuers(trusted, { clock });
    const issuer = await known.find(a);

    expect(known.find(a)).toBe(issuer);
    clock.time += 600_000;
    const later = known.find(a);

    expect(later).toBeInstanceOf(Promise);
    expect(await later).not.toBe(issuer);
  });

  it("are not remembered by a clock that was set far back", async () => {
    const clock = adjustableClock();
    const known = foundIssuers(trusted, { clock });
    await known.find(a);

    clock.time -= 600_000;

    expect(known.find(a)).toBeInstanceOf(Promise);
  });

  it("are the same, and counted anew, where the same object is found again", async () => {
    const clock = adjustableClock();
    const rules = trusted(a, b);
    const known = foundIssuers(() => rules, { clock });
    const [issuer, other] = [await known.find(a), await known.find(b)];
    clock.time += 600_000;

    expect(await known.find(a)).toBe(issuer);
    expect(await known.find(b, other)).toBe(other);
    clock.time += 599_999;
    expect(known.find(a)).toBe(issuer);
    expect(known.find(b)).toBe(other);
  });

  it("have the same keys where these are the same object", async () => {
    const clock = adjustableClock();
    const { issuers } = trusted(a);
    const known = foundIssuers(() => ({ ...trusted(a), issuers }), { clock });
    const issuer = await known.find(a);
    clock.time += 600_000;
    const later = await known.find(a);

    expect(later).not.toBe(issuer);
    expect(later?.keys).toBe(issuer?.keys);
  });

  it("are ten thousand at most where nothing else is said", async () => {
    const known = foundIssuers(trusted, { clock: adjustableClock() });
    const names = Array.from({ length: 10_001 }, (_, number) => nameOf(`${number}`));
    const isAtHand = (name: string) => !(known.find(name) instanceof Promise);
    for (const name of names.slice(0, 10_000)) await known.find(name);
    const first = names.slice(0, 10_000).filter(isAtHand).length;
    for (let time = 0; time < 2_000; time += 1) await known.find(names[10_000] ?? "");

    expect(first).toBe(10_000);
    expect(names.filter(isAtHand)).toHaveLength(10_000);
  });

  it.each([0, Number.NaN, -1])("are remembered, and not %d of them", (maxIssuers) => {
    expect(() => foundIssuers(trusted, { clock: adjustableClock(), maxIssuers })).toThrow(
      TypeError,
    );
  });

  it("may have names of 255 characters", async () => {
    const asked: number[] = [];
    const find = (name: string) => {
      asked.push(name.length);
      return undefined;
    };
    const known = foundIssuers(find, { clock: adjustableClock() });

    for (const length of [0, 255, 256])
      expect(await known.find("x".repeat(length))).toBeUndefined();

    expect(asked).toEqual([255]);
  });

  it("are looked up once more where one look-up hangs, and once for all who come then", async () => {
    vi.useFakeTimers();
    let calls = 0;
    const hangs = () => {
      calls += 1;
      return new Promise<never>(() => undefined);
    };
    const known = foundIssuers(hangs, { clock: adjustableClock() });
    const outcomes: Promise<unknown>[] = [];
    const find = () =>
      outcomes.push(Promise.resolve(known.find(a)).catch(({ code }: { code: string }) => code));

    find();
    await vi.advanceTimersByTimeAsync(1_000);
    find();
    await vi.advanceTimersByTimeAsync(2_000);
    find();
    await vi.advanceTimersByTimeAsync(1_000);
    find();
    await vi.advanceTimersByTimeAsync(3_000);

    expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => "keys_unavailable"));
    expect(calls).toBe(2);
  });
});

describe("a found issuer that others pushed out", () => {
  /** Finds an issuer of the name "a" and one of "b", of which only one is remembered: that of "b". */
  async function pushedOut(find: (name: string) => TrustedIssuer | undefined = trusted) {
    const clock = adjustableClock();
    const asked: string[] = [];
    const issuers = (name: string) => {
      asked.push(name);
      return find(name);
    };
    const known = foundIssuers(issuers, { clock, maxIssuers: 1 });
    const issuer = await known.find(a);
    await known.find(b);
    asked.length = 0;
    return { clock, asked, known, issuer };
  }

  it("is what it was for a kept token, once the function still finds it", async () => {
    const { known, issuer, asked } = await pushedOut();

    expect(await known.find(a, issuer)).toBe(issuer);
    expect(asked).toEqual([a]);
  });

  it("is what the function finds now for a token that is not kept", async () => {
    const { known, issuer } = await pushedOut();

    expect(await known.find(a)).not.toBe(issuer);
  });

  it("is what the function finds now after ten minutes from when it was found", async () => {
    const { known, issuer, clock } = await pushedOut();
    clock.time += 599_999;
    expect(await known.find(a, issuer)).toBe(issuer);
    clock.time += 1;

    expect(await known.find(a, issuer)).not.toBe(issuer);
  });

  it("is nothing any more where the function does not find it", async () => {
    let isThere = true;
    const { known, issuer } = await pushedOut((name) => (isThere ? trusted(name) : undefined));

    isThere = false;

    expect(await known.find(a, issuer)).toBeUndefined();
    expect(known.find(a, issuer)).toBeUndefined();
  });
});

describe("an issuer", () => {
  it.each<[string, object]>([
    ["no name", { issuers: [] }],
    ["an empty name", { issuers: [...trusted(a, "").issuers] }],
    ["a name that is no text", { issuers: [{ issuer: 7 }, ...trusted(a).issuers] }],
    ["no algorithm", { algorithms: [] }],
    ["an algorithm that is no text", { algorithms: ["RS256", 7] }],
    ["text instead of algorithms", { algorithms: "RS256" }],
    ["a shared secret beside a good algorithm", { algorithms: ["RS256", "HS256"] }],
    ["no type of token", { tokenTypes: [] }],
    ["a life of nothing", { maxLifeSeconds: 0 }],
    ["a life for ever", { maxLifeSeconds: Number.POSITIVE_INFINITY }],
    ["a life of no number", { maxLifeSeconds: Number.NaN }],
  ])("is not trusted with %s", (_what, changes) => {
    expect(() => checkTrustedIssuer({ ...trusted(a), ...changes })).toThrow(TypeError);
  });

  it("is trusted with the shortest life", () => {
    expect(() => checkTrustedIssuer({ ...trusted(a), maxLifeSeconds: 1 })).not.toThrow();
  });
});

describe("a bounded map", () => {
  function world() {
    const clock = adjustableClock();
    const map = createBoundedMap<string, number>({ maxEntries: 2, maxAgeMs: 100, clock });
    return { clock, map, values: () => ["a", "b", "c"].map(map.get) };
  }

  it("forgets what was asked for least lately, once there is no more room", () => {
    const { map, values } = world();
    map.set("a", 1);
    map.set("b", 2);
    map.get("a");

    map.set("c", 3);

    expect(values()).toEqual([1, undefined, 3]);
  });

  it("counts what is set anew as new, and once", () => {
    const { map, values } = world();
    map.set("a", 1);
    map.set("b", 2);
    map.set("a", 4);

    map.set("c", 3);

    expect(values()).toEqual([4, undefined, 3]);
  });

  it("forgets what is old, however often it was asked for", () => {
    const { map, clock } = world();
    map.set("a", 1);
    const told = [99, 1].map((ms) => {
      clock.time += ms;
      return map.get("a");
    });

    expect(told).toEqual([1, undefined]);
  });

  it("forgets all by a clock that was set far back", () => {
    const { map, clock } = world();
    map.set("a", 1);

    clock.time -= 100;

    expect(map.get("a")).toBeUndefined();
  });
});
