import { describe, expect, test } from "vitest";
import { startService } from "../support.ts";

describe("listSessions", () => {
  test("lists those that have not ended, the newest first", async () => {
    let now = Date.now();
    const { send, signedIn, signIn } = startService({ provider: { clock: { now: () => now } } });
    const other = await signedIn();
    now += 5000;
    const { access_token: token } = await signIn();

    const before = await send("GET", "/v1/me/sessions", { token });
    await send("POST", "/v1/sign-out", { body: { refresh_token: other.refresh_token } });
    const after = await send("GET", "/v1/me/sessions", { token });

    const current = expect.objectContaining({
      id: expect.any(String),
      created_at: Math.floor(now / 1000),
      is_current: true,
    });
    expect(before.status).toBe(200);
    expect(before.body).toEqual({
      sessions: [current, expect.objectContaining({ is_current: false })],
    });
    expect(after.body).toEqual({ sessions: [current] });
  });
});

describe("a page of listSessions", () => {
  /** Starts a service with a user who signs in so often, and asks it for pages. */
  async function startWithSessions(count: number) {
    const { send, signedIn, signIn } = startService();
    const { access_token: token } = await signedIn();
    for (let others = 1; others < count; others += 1) await signIn();
    return (query: string) => send("GET", `/v1/me/sessions${query}`, { token });
  }

  test("holds twenty sessions where nobody says how many", async () => {
    const page = await startWithSessions(21);

    const first = await page("");
    const second = await page(`?cursor=${encodeURIComponent(String(first.body.cursor))}`);

    expect(first.body.sessions).toHaveLength(20);
    expect(second.body).toEqual({ sessions: [expect.anything()] });
  });

  test("holds as many as asked for, and each session is on one", async () => {
    const page = await startWithSessions(5);

    const ids: unknown[] = [];
    let cursor: unknown;
    do {
      const after = cursor === undefined ? "" : `&cursor=${encodeURIComponent(String(cursor))}`;
      const { text } = await page(`?limit=2${after}`);
      const body: { sessions: { id: string }[]; cursor?: string } = JSON.parse(text);
      expect(body.sessions.length).toBeLessThanOrEqual(2);
      ids.push(...body.sessions.map(({ id }) => id));
      ({ cursor } = body);
    } while (cursor !== undefined);

    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  test.each([
    ["?cursor=invented", "/cursor", "unknown"],
    ["?limit=0", "/limit", "too_small"],
    ["?limit=61", "/limit", "too_large"],
    ["?next=1", "/next", "unknown_member"],
  ])("is refused for %s", async (query, pointer, reason) => {
    const page = await startWithSessions(1);

    const { status, body } = await page(query);

    expect([status, body.code]).toEqual([400, "validation_failed"]);
    expect(body.errors).toEqual([{ pointer, reason }]);
  });
});

describe("endSession", () => {
  test("ends another session, any number of times, and not the one that asks", async () => {
    const { send, signedIn, signIn } = startService();
    const { refresh_token } = await signedIn();
    const { access_token: token } = await signIn();
    const { text } = await send("GET", "/v1/me/sessions", { token });
    const sessions: readonly { id: string; is_current: boolean }[] = JSON.parse(text).sessions;
    const end = (isCurrent: boolean) => {
      const { id = "" } = sessions.find(({ is_current }) => is_current === isCurrent) ?? {};
      return send("DELETE", `/v1/me/sessions/${encodeURIComponent(id)}`, { token });
    };

    const ended = [await end(false), await end(false)];
    const own = await end(true);
    const unknown = await send("DELETE", "/v1/me/sessions/made-up", { token });
    const refresh = await send("POST", "/v1/token/refresh", { body: { refresh_token } });

    expect(ended.map(({ status }) => status)).toEqual([204, 204]);
    expect([own.status, own.body.code]).toEqual([409, "conflict"]);
    expect([unknown.status, unknown.body.code]).toEqual([404, "not_found"]);
    expect(refresh.status).toBe(401);
  });
});
