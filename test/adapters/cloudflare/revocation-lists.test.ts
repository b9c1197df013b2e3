import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, vi } from "vitest";
import {
  createDurableObjectRevocationList,
  createKvRevocationList,
  RevocationListObject,
  type RevocationNamespace,
} from "../../../src/adapters/cloudflare/index.ts";
import type { SessionRevocation } from "../../../src/domain/revocation.ts";

const nowSeconds = () => Math.floor(Date.now() / 1000);

function revocation(sessionId: string, seconds = 3600): SessionRevocation {
  const issuer = "https://issuer.example";
  return { kind: "session", issuer, sessionId, until: nowSeconds() + seconds };
}

describe("revocations in Workers KV", () => {
  type Put = Parameters<RevocationNamespace["put"]>;

  function world() {
    const puts: Put[] = [];
    const prefixes: string[] = [];
    const clock = { time: Date.now(), now: () => clock.time };
    const namespace: RevocationNamespace = {
      put: async (...put) => void puts.push(put),
      async list({ prefix }) {
        prefixes.push(prefix);
        const found = puts.filter(([key]) => key.startsWith(prefix));
        const keys = found.map(([name, , { metadata }]) => ({ name, metadata }));
        return { keys, list_complete: true };
      },
    };
    return { puts, prefixes, clock, list: createKvRevocationList({ namespace, clock }) };
  }

  it("expire by themselves, though not within a minute, as KV takes no less", async () => {
    const { puts, list } = world();
    const long = revocation("long");

    await list.add(long);
    await list.add(revocation("short", 5));

    const expirations = puts.map(([, , { expiration }]) => expiration);
    const [first, second] = [expirations.slice(0, 2), expirations.slice(2)];
    expect(first).toEqual([long.until, long.until]);
    expect(second).toEqual([second[1], expect.any(Number)]);
    expect(second[0]).toBeGreaterThan(nowSeconds() + 60);
    expect(second[0]).toBeLessThan(nowSeconds() + 70);
  });

  it("are listed by when they were added, all of them only at first, after a long time and by another clock", async () => {
    const { prefixes, clock, list } = world();
    const { cursor } = await list.read();
    const listed = () => prefixes.splice(0).length;
    const first = [...prefixes];
    listed();

    await list.read(cursor);
    const next = listed();
    clock.time += 86_400_000;
    await list.read(cursor);

    const late = [...prefixes];
    listed();
    clock.time -= 172_800_000;
    await list.read(cursor);

    expect(first).toEqual(["revocation:"]);
    expect(next).toBe(3);
    expect(late).toEqual(["revocation:"]);
    expect(prefixes).toEqual(["revocation:"]);
  });

  it("are seen though they show late, or by a clock that is ahead", async () => {
    const { clock, list } = world();
    const { cursor } = await list.read();
    clock.time += 240_000;
    await list.add(revocation("ahead"));
    clock.time -= 480_000;
    await list.add(revocation("late"));
    clock.time += 240_000;

    const { revocations } = await list.read(cursor);

    expect(revocations).toHaveLength(2);
  });
});

/** The storage of a Durable Object, as far as it is used, on the same database. */
function storage() {
  const database = new DatabaseSync(":memory:");
  let alarm: number | null = null;
  return {
    sql: {
      exec(query: string, ...bindings: readonly (string | number)[]) {
        const rows = database.prepare(query).all(...bindings);
        return { toArray: () => rows };
      },
    },
    getAlarm: async () => alarm,
    async setAlarm(at: number) {
      alarm = at;
    },
    count: () => database.prepare("SELECT count(*) AS count FROM revocations").get()?.count,
    /** Lets the alarm go off that is set. */
    async goOff(object: RevocationListObject) {
      const at = alarm ?? Number.NaN;
      alarm = null;
      vi.useFakeTimers({ now: at });
      try {
        await object.alarm();
      } finally {
        vi.useRealTimers();
      }
      return alarm;
    },
  };
}

describe("revocations in a Durable Object", () => {
  const add = (object: RevocationListObject, body: string) =>
    object.fetch(new Request("https://object/", { method: "POST", body }));

  it("are forgotten once they are over, and the object then sleeps", async () => {
    const state = storage();
    const object = new RevocationListObject({ storage: state });
    await add(object, JSON.stringify(revocation("short", 10)));
    await add(object, JSON.stringify(revocation("long", 600)));

    const second = await state.goOff(object);
    const left = state.count();
    const third = await state.goOff(object);

    expect([left, state.count()]).toEqual([1, 0]);
    expect(second).toBeGreaterThan(Date.now() + 600_000);
    expect(third).toBeNull();
  });

  it("are all that the object takes", async () => {
    const object = new RevocationListObject({ storage: storage() });

    const { status } = await add(object, "something else");

    expect(status).toBe(400);
  });

  it("cannot be had where the object answers with an error", async () => {
    const list = createDurableObjectRevocationList({
      namespace: {
        idFromName: (name) => name,
        get: () => ({ fetch: async () => new Response(null, { status: 500 }) }),
      },
    });

    await expect(list.read()).rejects.toMatchObject({ code: "provider_unavailable" });
    await expect(list.add(revocation("one"))).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });
});
