import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type BodyStream, peekBody } from "../../../src/http/bearer/peeked-body.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A request whose body comes in parts, as its headers say or as only its end tells. */
function requestOf(parts: readonly string[], fields: Readonly<Record<string, unknown>> = {}) {
  const stream = new Readable({ read: () => undefined });
  const request = Object.assign(stream, { headers: {}, complete: false }, fields);
  const send = async () => {
    for (const part of parts) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stream.push(part);
    }
    request.complete = true;
    stream.push(null);
  };
  return { request: request as typeof stream & BodyStream, send };
}

async function rest(request: Readable): Promise<string> {
  let all = "";
  for await (const chunk of request) all += String(chunk);
  return all;
}

describe("peekBody", () => {
  test.each([
    ["in parts", ["a=1", "&b=2"]],
    ["at once", ["a=1&b=2"]],
    ["not at all", []],
  ])("reads a body that comes %s, and leaves it to the next", async (_case, parts) => {
    const { request, send } = requestOf(parts);

    const [body] = await Promise.all([peekBody(request, 100), send()]);

    expect(text(body)).toBe(parts.join(""));
    expect(await rest(request)).toBe(parts.join(""));
  });

  test("reads a body that has come already", async () => {
    const { request, send } = requestOf(["a=1"]);
    await send();

    expect(text(await peekBody(request, 100))).toBe("a=1");
    expect(await rest(request)).toBe("a=1");
  });

  test("goes by the length that was declared, where nothing tells the end", async () => {
    const headers = { "content-length": "7" };
    const { request, send } = requestOf(["a=1", "&b=2"], { headers, complete: undefined });

    const [body] = await Promise.all([peekBody(request, 100), send()]);

    expect(text(body)).toBe("a=1&b=2");
    expect(await rest(request)).toBe("a=1&b=2");
  });

  test("takes more than a stream holds at once, and leaves that too", async () => {
    const parts = Array.from({ length: 20 }, () => "x".repeat(10_000));
    const { request, send } = requestOf(parts);

    const [body] = await Promise.all([peekBody(request, 200_000), send()]);

    expect(body.length).toBe(200_000);
    expect((await rest(request)).length).toBe(200_000);
  });

  test("refuses a body that is too long, before it has come, and leaves it to the next", async () => {
    const { request, send } = requestOf(["abc", "def", "ghi"]);

    await Promise.all([
      expect(peekBody(request, 5)).rejects.toMatchObject({ code: "payload_too_large" }),
      send(),
    ]);
    expect(await rest(request)).toBe("abcdefghi");
  });

  test.each<[string, (request: Readable) => unknown]>([
    ["breaks off", (request) => request.destroy()],
    ["was read by others", (request) => rest(request)],
    ["is text by now", (request) => request.setEncoding("utf8")],
  ])("refuses a body that %s", async (_case, interfere) => {
    const { request, send } = requestOf(["a=1"]);
    await Promise.all([send(), interfere(request)]);

    await expect(peekBody(request, 100)).rejects.toMatchObject({ code: "malformed_request" });
  });

  test("refuses a body whose end nothing tells", async () => {
    const { request } = requestOf([], { complete: undefined });

    await expect(peekBody(request, 100)).rejects.toMatchObject({ code: "malformed_request" });
  });
});
