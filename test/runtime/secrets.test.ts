import { describe, expect, test } from "vitest";
import { secretsLeaked } from "./secrets.ts";

describe("a code in the log", () => {
  test.each([
    '{"event":"request","code":"482835"}',
    "GET /v1/users?code=482835",
    '{"request_id":"47c7a2ab-4cde-4c69-8f50-420d41a65840","message":"482835"}',
    "NDgyODM1",
  ])("is a leak: %s", (log) => {
    expect(secretsLeaked(log, ["482835"])).toEqual(["482835"]);
  });

  test.each([
    ["a request's id", '"request_id":"47c7a2ab-4cde-4c69-8f50-482835ad4158"'],
    ["the beginning of an id", '"request_id":"482835ab-4cde-4c69-8f50-420d41a65840"'],
    ["a longer number", '"time":1482835000'],
  ])("is none by chance, in %s", (_where, log) => {
    expect(secretsLeaked(log, ["482835"])).toEqual([]);
  });

  test.each([
    ["hexadecimal", (secret: string) => Buffer.from(secret).toString("hex")],
    ["Base64 of more, a byte in front", (secret: string) => btoa(`x${secret}yz`)],
    ["Base64 of more, two bytes in front", (secret: string) => btoa(`xy${secret}z`)],
    ["base64url of more", (secret: string) => Buffer.from(`id:${secret}`).toString("base64url")],
    ["an address", (secret: string) => `/?p=${encodeURIComponent(secret)}`],
    ["JSON in JSON", (secret: string) => JSON.stringify({ a: secret })],
  ])("a password is a leak in %s", (_form, write) => {
    const password = 'Tr0ub4dor&3 "quoted" ~~~???';

    expect(secretsLeaked(`log: ${write(password)}`, [password])).toEqual([password]);
  });

  test("a very long password is a leak, digits in hexadecimal as it is", () => {
    const password = "a".repeat(200_000);

    expect(secretsLeaked("log: 6161", [password])).toEqual([]);
    expect(secretsLeaked(Buffer.from(password).toString("hex"), [password])).toEqual([password]);
  });

  test("a secret that is an id itself is a leak", () => {
    const session = "47c7a2ab-4cde-4c69-8f50-420d41a65840";

    expect(secretsLeaked(`"session":"${session}"`, [session])).toEqual([session]);
  });
});
