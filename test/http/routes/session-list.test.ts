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
