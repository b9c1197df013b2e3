import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchDocument } from "../../../../src/adapters/jwt/keys/fetch-document.ts";
import { withinDeadline } from "../../../../src/adapters/shared/deadline.ts";

const uri = new URL("https://issuer.example/document");

/** Fetches a document from an address that answers so. */
function fetchFrom(response: Response, timeoutMs = 1_000): Promise<unknown> {
  return fetchDocument({ uri, request: async () => response, timeoutMs });
}

/** A body of these chunks that ends after them, unless it is to go on, and takes note of being called off. */
function bodyOf(chunks: readonly Uint8Array[], { ends = true } = {}) {
  const calledOff = vi.fn();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk));
      if (ends) controller.close();
    },
    cancel: calledOff,
  });
  return { body, calledOff };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const jsonOfLength = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;

afterEach(() => vi.useRealTimers());

describe("a document", () => {
  it("is asked for as JSON, without redirects and for a while", async () => {
    const request = vi.fn<typeof fetch>(async () => Response.json({ a: 1 }));

    const document = await fetchDocument({ uri, request, timeoutMs: 1_000 });

    expect(document).toEqual({ a: 1 });
    expect(request.mock.calls).toEqual([
      [
        uri,
        {
          headers: { accept: "application/json" },
          redirect: "manual",
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  it.each([201, 206, 302, 404, 500])("is none with status %d, whatever it says", async (status) => {
    const { body, calledOff } = bodyOf([bytesOf("{}")], { ends: false });

    await expect(fetchFrom(new Response(body, { status }))).rejects.toThrow(`status ${status}`);

    expect(calledOff).toHaveBeenCalledTimes(1);
  });

  it("is none with a status of failure and nothing else", async () => {
    await expect(fetchFrom(new Response(null, { status: 404 }))).rejects.toThrow("status 404");
  });

  it("is none without a body", async () => {
    await expect(fetchFrom(new Response(null))).rejects.toThrow("answered with nothing");
  });

  it("is none that is no UTF-8", async () => {
    const { body } = bodyOf([bytesOf('{"a":"'), Uint8Array.of(0xff), bytesOf('"}')]);

    await expect(fetchFrom(new Response(body))).rejects.toThrow();
  });

  it("may come in pieces, cut anywhere", async () => {
    const { body } = bodyOf([...bytesOf('{"a":"é€😀"}')].map((byte) => Uint8Array.of(byte)));

    await expect(fetchFrom(new Response(body))).resolves.toEqual({ a: "é€😀" });
  });

  it("may have 64 KB", async () => {
    await expect(fetchFrom(new Response(jsonOfLength(65_536)))).resolves.toBeDefined();
  });

  it("is read no further than that", async () => {
    const { body, calledOff } = bodyOf([bytesOf(jsonOfLength(65_537))], { ends: false });

    await expect(fetchFrom(new Response(body))).rejects.toThrow("too long");

    expect(calledOff).toHaveBeenCalledTimes(1);
  });

  it("is none that does not end in time, complete or not", async () => {
    for (const text of ["{}", "{"]) {
      const { body, calledOff } = bodyOf([bytesOf(text)], { ends: false });

      await expect(fetchFrom(new Response(body), 20)).rejects.toMatchObject({
        name: "TimeoutError",
      });

      expect(calledOff).toHaveBeenCalledTimes(1);
    }
  });
});

describe("a deadline", () => {
  it("leaves no timer behind, however the work ends", async () => {
    vi.useFakeTimers();

    await withinDeadline(Promise.resolve(), 1_000);
    await withinDeadline(Promise.reject(new Error("down")), 1_000).catch(() => undefined);

    expect(vi.getTimerCount()).toBe(0);
  });
});
