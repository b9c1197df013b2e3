import { describe, expect, test } from "vitest";
import { createMemoryEventHistory } from "../../../src/adapters/memory/index.ts";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import { adminGroup, startService } from "../support.ts";

const administrators = { groups: [adminGroup], scopes: [] };

function start() {
  const history = createMemoryEventHistory();
  const service = startService({ administrators, ports: () => ({ eventHistory: history }) });
  const add = (count: number, from = 0) => {
    for (let index = from; index < from + count; index += 1)
      history.record({ type: "sign_out", outcome: "success", at: 1000, subject: `user-${index}` });
  };
  async function page(token: string, query = "") {
    const { status, body } = await service.send("GET", `/v1/admin/events${query}`, { token });
    const events = (body.events ?? []) as readonly Record<string, string>[];
    return { status, body, events, subjects: events.map(({ subject }) => subject) };
  }
  return { ...service, history, add, page };
}

describe("adminListEvents", () => {
  test("gives events in the names of the wire, the newest first", async () => {
    const { history, adminToken, page } = start();
    const token = await adminToken();
    const event: SecurityEvent = {
      type: "token_rejection",
      outcome: "failure",
      at: Date.UTC(2026, 10, 30),
      requestId: "3f2f8f0a-9d4b-4c55-8f9e-2b1c8d7e6f50",
      address: "203.0.113.7",
      account: "7a50d544602e4be359ce8286669ce268",
      code: "invalid_token",
      rejection: "wrong_client",
      rejectionReason: "other_client",
    };
    history.record({ type: "sign_in", outcome: "success", at: 1, challenge: "totp" });
    history.record(event);

    const { status, events } = await page(token);

    expect(status).toBe(200);
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        type: "token_rejection",
        outcome: "failure",
        time: "2026-11-30T00:00:00.000Z",
        request_id: event.requestId,
        address: "203.0.113.7",
        account: event.account,
        code: "invalid_token",
        rejection: "wrong_client",
        rejection_reason: "other_client",
      },
      expect.objectContaining({ type: "sign_in", challenge: "totp" }),
    ]);
  });

  test("gives them a page at a time, each once, whatever comes meanwhile", async () => {
    const { add, adminToken, page } = start();
    const token = await adminToken();
    add(7);

    const first = await page(token, "?limit=3");
    add(5, 100);
    const second = await page(token, `?limit=3&cursor=${first.body.cursor}`);
    const third = await page(token, `?limit=3&cursor=${second.body.cursor}`);

    expect([...first.subjects, ...second.subjects, ...third.subjects]).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((index) => `user-${index}`),
    );
    expect(third.body.cursor).toBeUndefined();
  });

  test.each(["bm9uc2Vuc2U", "WzFd", "WyJ4Il0", "%5B%5D"])(
    "takes no cursor of its own making: %s",
    async (cursor) => {
      const { adminToken, page } = start();

      const { status, body } = await page(await adminToken(), `?cursor=${cursor}`);

      expect([status, body.code]).toEqual([400, "validation_failed"]);
      expect(body.errors).toMatchObject([{ pointer: "/cursor" }]);
    },
  );

  test("is for administrators alone, and leaves its trace", async () => {
    const { signedIn, adminToken, page, events } = start();
    const { access_token: user } = await signedIn();
    const admin = await adminToken();

    expect((await page("none")).status).toBe(401);
    expect((await page(user)).body.code).toBe("insufficient_scope");
    expect((await page(admin)).status).toBe(200);

    expect(events.filter(({ action }) => action === "listEvents")).toMatchObject([
      { type: "administration", outcome: "failure", code: "insufficient_scope" },
      { type: "administration", outcome: "success" },
    ]);
  });

  test("is not supported where none are kept, which only an administrator is told", async () => {
    const service = startService({ administrators });
    const { access_token: user } = await service.signedIn();
    const token = await service.adminToken();

    const told = await service.send("GET", "/v1/admin/events", { token });
    const refused = await service.send("GET", "/v1/admin/events", { token: user });

    expect([told.status, told.body.code]).toEqual([501, "not_supported"]);
    expect(refused.status).toBe(403);
  });
});
