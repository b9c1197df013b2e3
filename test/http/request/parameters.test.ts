import { describe, expect, test } from "vitest";
import { adminGroup, startService } from "../support.ts";

const administrators = { groups: [adminGroup], scopes: [] };

async function startAdmin() {
  const service = startService({ administrators, provider: { signInModel: "username" } });
  return { ...service, token: await service.adminToken() };
}

describe("parameters of a path", () => {
  test.each([
    ["a slash", "a%2Fb", "a/b"],
    ["a percent sign", "100%25", "100%"],
    ["a percent sign and what would be a code, decoded once", "%2541", "%41"],
    ["letters beyond ASCII", "zo%C3%AB", "zoë"],
    ["letters beyond ASCII, sent as they are", "zoë", "zoë"],
    ["what separates queries and fragments", "a%3Fb%23c", "a?b#c"],
    ["a name of two dots, as far as a URL can hold it", "a..", "a.."],
  ])("are decoded: %s", async (_case, segment, username) => {
    const { send, identity, token } = await startAdmin();
    await identity.createUser({ username, attributes: {}, invite: false });

    const { status, body } = await send("GET", `/v1/admin/users/${segment}`, { token });

    expect([status, body.username]).toEqual([200, username]);
  });

  test.each([
    ["NUL", "%00"],
    ["a line break", "ada%0d%0aSet-Cookie:x"],
    ["a space", "a%20b"],
    ["what is no UTF-8", "%ff"],
    ["half a character", "%ed%a0%80"],
    ["a cut escape", "ada%4"],
    ["a direction mark", "%E2%80%AEada"],
  ])("refuse %s", async (_case, segment) => {
    const { send, token } = await startAdmin();

    const { status, body } = await send("GET", `/v1/admin/users/${segment}`, { token });

    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "validation_failed",
      errors: [{ pointer: "/username", reason: "invalid_characters" }],
    });
  });

  test("refuse a name that is too long", async () => {
    const { send, token } = await startAdmin();

    const { body } = await send("GET", `/v1/admin/users/${"a".repeat(129)}`, { token });

    expect(body.errors).toEqual([{ pointer: "/username", reason: "too_long" }]);
  });

  test("are all judged at once, with the body", async () => {
    const { send, token } = await startAdmin();

    const params = await send("PUT", "/v1/admin/users/%00/groups/%00", { token });
    const both = await send("POST", "/v1/me/attributes/%00/verification/confirm", {
      token,
      body: {},
    });

    expect(params.body.errors).toEqual([
      { pointer: "/username", reason: "invalid_characters" },
      { pointer: "/group", reason: "invalid_characters" },
    ]);
    expect(both.body.errors).toEqual([
      { pointer: "/name", reason: "invalid_characters" },
      { pointer: "/code", reason: "required" },
    ]);
  });

  test("are not there where the segment is empty", async () => {
    const { send, token } = await startAdmin();

    const { status } = await send("POST", "/v1/admin/users//confirm", { token });

    expect(status).toBe(404);
  });

  test("are judged after the caller", async () => {
    const { send } = startService();

    const { status } = await send("DELETE", "/v1/me/sessions/%00");

    expect(status).toBe(401);
  });
});

describe("a query", () => {
  test.each([
    ["limit=0", "/limit", "too_small"],
    ["limit=61", "/limit", "too_large"],
    ["limit=-1", "/limit", "invalid_characters"],
    ["limit=1.5", "/limit", "invalid_characters"],
    ["limit=0x10", "/limit", "invalid_characters"],
    ["limit=99999999999999999999", "/limit", "invalid_characters"],
    ["limit=", "/limit", "invalid_characters"],
    ["limit=1&limit=2", "/limit", "repeated"],
    ["limit=1&limit=1", "/limit", "repeated"],
    ["cursor=", "/cursor", "too_short"],
    ["cursor=a%00b", "/cursor", "invalid_characters"],
    ["filter=", "/filter", "too_short"],
    ["filter=email", "/filter", "invalid_syntax"],
    [`filter=${"x".repeat(2049)}`, "/filter", "too_long"],
    ["page=2", "/page", "unknown_member"],
    ["Limit=2", "/Limit", "unknown_member"],
    ["__proto__=2", "/__proto__", "unknown_member"],
    ["constructor=2", "/constructor", "unknown_member"],
  ])("of %s is refused at %s as %s", async (query, pointer, reason) => {
    const { send, token } = await startAdmin();

    const { status, body } = await send("GET", `/v1/admin/users?${query}`, { token });

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "validation_failed", errors: [{ pointer, reason }] });
  });

  test("never holds a token", async () => {
    const { send, token } = await startAdmin();

    const { status } = await send("GET", `/v1/admin/users?access_token=${token}`, { token });

    expect(status).toBe(400);
  });
});
