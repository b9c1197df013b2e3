import { describe, expect, test } from "vitest";
import { password, type Sent, startService, username } from "../support.ts";

const good = { username, password };
const json = { "Content-Type": "application/json" };

async function signIn(sent: Sent, bodyLimitBytes?: number) {
  const { send } = startService(bodyLimitBytes === undefined ? {} : { bodyLimitBytes });
  const { status, body, text } = await send("POST", "/v1/sign-in", sent);
  return { status, code: body.code, errors: body.errors, text };
}

/** A body of no known length, with a length that is not its own. */
function streamed(body: ReadableStream) {
  return { method: "POST", headers: { ...json, "Content-Length": "10" }, body, duplex: "half" };
}

describe("request bodies", () => {
  test.each([
    "application/json",
    "application/json;charset=utf-8",
    'application/json; charset="UTF-8"',
    "Application/JSON ; Charset=utf-8 ",
    "application/json;",
    "application/json; ;\tcharset=utf-8 ;",
  ])("are taken as %s", async (type) => {
    const answer = await signIn({
      rawBody: JSON.stringify(good),
      headers: { "Content-Type": type },
    });

    expect(answer.code).toBe("invalid_credentials");
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/vnd.x+json",
    "application/problem+json",
    "application/jsonp",
    "application/json; charset=iso-8859-1",
    "application/json; profile=x",
    "application/json, application/json",
    "text/plain; application/json",
  ])("are not taken as %s", async (type) => {
    const answer = await signIn({
      rawBody: JSON.stringify(good),
      headers: { "Content-Type": type },
    });

    expect(answer).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test.each(["gzip", "br", "gzip, identity", "identity, gzip", "x-unknown"])(
    "are not taken in the content coding %s, even where there is none",
    async (coding) => {
      const answer = await signIn({
        rawBody: JSON.stringify(good),
        headers: { ...json, "Content-Encoding": coding },
      });

      expect(answer).toMatchObject({ status: 415, code: "unsupported_media_type" });
    },
  );

  test.each(["identity", "IDENTITY", ""])("are taken in the content coding %j", async (coding) => {
    const answer = await signIn({
      rawBody: JSON.stringify(good),
      headers: { ...json, "Content-Encoding": coding },
    });

    expect(answer.code).toBe("invalid_credentials");
  });

  test("are not waited for where they say that they are too long", async () => {
    const { app } = startService({ bodyLimitBytes: 100 });
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const headers = { ...json, "Content-Length": "101" };

    const response = await app.request("/v1/sign-in", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);

    expect(response.status).toBe(413);
  });

  test("are not taken without a media type", async () => {
    const rawBody = new TextEncoder().encode(JSON.stringify(good));

    const answer = await signIn({ rawBody });

    expect(answer).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test("are asked for with their media type even where there is none", async () => {
    const answer = await signIn({});

    expect(answer).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test.each([
    ["nothing", ""],
    ["no JSON", '{"password":hunter2}'],
    ["JSON that ends early", '{"username":"a"'],
    ["JSON and more", "{} {}"],
    ["null", "null"],
    ["an array", "[]"],
    ["text", '"text"'],
    ["a number", "1"],
    ["a byte order mark", `\ufeff${JSON.stringify(good)}`],
    ["nesting without end", "[".repeat(60_000)],
    ["a prototype", '{"username":"a","__proto__":{"password":"b"}}'],
    ["a prototype further in", '{"username":"a","password":{"__proto__":1}}'],
  ])("with %s are malformed", async (_case, rawBody) => {
    const answer = await signIn({ rawBody, headers: json });

    expect(answer).toMatchObject({ status: 400, code: "malformed_request" });
    expect(answer.text).not.toContain("hunter2");
  });

  test("in another encoding than UTF-8 are malformed", async () => {
    const rawBody = new Uint8Array([
      ...new TextEncoder().encode('{"username":"'),
      0xff,
      0x22,
      0x7d,
    ]);

    const answer = await signIn({ rawBody, headers: json });

    expect(answer).toMatchObject({ status: 400, code: "malformed_request" });
  });

  test("that break off are malformed", async () => {
    const rawBody = new ReadableStream({
      pull(controller) {
        controller.error(new Error("connection reset"));
      },
    });
    const { app } = startService();

    const response = await app.request("/v1/sign-in", streamed(rawBody));

    expect(response.status).toBe(400);
  });

  test.each<[string, object, { pointer: string; reason: string }[]]>([
    [
      "a member that is missing",
      { password: good.password },
      [{ pointer: "/username", reason: "required" }],
    ],
    [
      "null for text",
      { ...good, password: null },
      [{ pointer: "/password", reason: "invalid_type" }],
    ],
    [
      "a number for text",
      { ...good, username: 1 },
      [{ pointer: "/username", reason: "invalid_type" }],
    ],
    [
      "members that nobody asked for",
      { ...good, isAdmin: true, "a/b~c": 1 },
      [
        { pointer: "/isAdmin", reason: "unknown_member" },
        { pointer: "/a~1b~0c", reason: "unknown_member" },
      ],
    ],
    [
      "a member in the domain's spelling",
      { ...good, newPassword: "x" },
      [{ pointer: "/newPassword", reason: "unknown_member" }],
    ],
    [
      "an empty password",
      { ...good, password: "" },
      [{ pointer: "/password", reason: "too_short" }],
    ],
    [
      "half a character",
      { ...good, password: "Correct-Horse-\ud800" },
      [{ pointer: "/password", reason: "invalid_characters" }],
    ],
    [
      "a control character in a user name",
      { ...good, username: "ada\u0000" },
      [{ pointer: "/username", reason: "invalid_characters" }],
    ],
  ])("with %s fail validation, and each fault is named", async (_case, body, errors) => {
    const answer = await signIn({ body });

    expect(answer).toMatchObject({ status: 400, code: "validation_failed", errors });
  });

  test.each<[string, object, { pointer: string; reason: string }]>([
    [
      "a value that is no text",
      { email: 1 },
      { pointer: "/attributes/email", reason: "invalid_type" },
    ],
    [
      "a value that is too long",
      { given_name: "x".repeat(2049) },
      { pointer: "/attributes/given_name", reason: "too_long" },
    ],
    [
      "a name that is too long",
      { ["x".repeat(65)]: "" },
      { pointer: `/attributes/${"x".repeat(65)}`, reason: "invalid_name" },
    ],
    [
      "too many of them",
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, ""])),
      { pointer: "/attributes", reason: "too_many" },
    ],
  ])("with attributes that have %s fail validation", async (_case, attributes, fault) => {
    const { send } = startService();

    const { body } = await send("POST", "/v1/sign-up", { body: { ...good, attributes } });

    expect(body).toMatchObject({ code: "validation_failed", errors: [fault] });
  });

  test("get no answer as long as themselves", async () => {
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, 1]));

    const { errors } = await signIn({ body: { ...good, ...unknown } });

    expect(errors).toHaveLength(20);
  });

  test("are read up to the limit, to the byte", async () => {
    const body = JSON.stringify(good);

    const fits = await signIn({ rawBody: body, headers: json }, body.length);
    const exceeds = await signIn({ rawBody: body, headers: json }, body.length - 1);

    expect(fits.code).toBe("invalid_credentials");
    expect(exceeds).toMatchObject({ status: 413, code: "payload_too_large" });
  });

  test("are counted as they come, whatever their length says, and not read to the end", async () => {
    let sent = 0;
    let isCut = false;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
      cancel() {
        isCut = true;
      },
    });
    const { app } = startService();

    const response = await app.request("/v1/sign-in", streamed(endless));

    expect(response.status).toBe(413);
    expect(isCut).toBe(true);
    expect(sent).toBeLessThan(80 * 1024);
  });

  test("that come in pieces are put together", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...good, username: "zo\u00eb" }));
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { app } = startService();

    const response = await app.request("/v1/sign-in", streamed(pieces));

    expect(response.status).toBe(401);
  });
});
