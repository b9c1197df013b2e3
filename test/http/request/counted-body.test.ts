import { describe, expect, test } from "vitest";
import { hasCountedBody, noteCountedBody } from "../../../src/http/request/counted-body.ts";
import { readBody } from "../../../src/http/request/json-body.ts";
import { serve } from "../../../src/node.ts";

const limitBytes = 100;
const uri = "http://127.0.0.1/";

function counted(body: BodyInit): Request {
  const request = new Request(uri, { method: "POST", body, duplex: "half" } as RequestInit);
  noteCountedBody(request);
  return request;
}

/** Whether a server takes the length of what it is sent for the body's. */
async function isCountedAtServer(init: RequestInit): Promise<boolean> {
  let isCounted = false;
  const server = await serve({
    async fetch(request) {
      isCounted = hasCountedBody(request);
      return new Response(await request.text());
    },
    port: 0,
  });
  const answer = await fetch(`http://127.0.0.1:${server.port}`, { method: "POST", ...init });
  expect(await answer.text()).toBe("text");
  await server.close();
  return isCounted;
}

describe("a body that is counted", () => {
  test("is read as any other", async () => {
    const bytes = await readBody(counted("text"), limitBytes);

    expect(new TextDecoder().decode(bytes)).toBe("text");
  });

  test("is malformed where it breaks off", async () => {
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new Error("reset")),
    });

    await expect(readBody(counted(broken), limitBytes)).rejects.toMatchObject({
      code: "malformed_request",
    });
  });

  test("is not taken over the limit, should it have been counted wrong", async () => {
    await expect(readBody(counted("x".repeat(101)), limitBytes)).rejects.toMatchObject({
      code: "payload_too_large",
    });
  });

  test("is one that Node read with its length, and none that came in chunks", async () => {
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("text"));
        controller.close();
      },
    });

    expect(await isCountedAtServer({ body: "text" })).toBe(true);
    expect(await isCountedAtServer({ body: chunks, duplex: "half" } as RequestInit)).toBe(false);
  });

  test("is not one of a request that was made here, whatever it says", () => {
    const headers = { "Content-Length": "4" };

    expect(hasCountedBody(new Request(uri, { method: "POST", body: "text", headers }))).toBe(false);
    expect(hasCountedBody(counted("text").clone())).toBe(false);
  });
});
