import type { OutboxMessage } from "../../../ports/index.ts";

const timeoutMs = 10_000;

/** Gives a function that posts each message as JSON to an address, and rejects unless that answers 2xx. */
export function postTo(
  url: string,
  token: string | undefined,
  request: typeof fetch = fetch,
): (message: OutboxMessage) => Promise<void> {
  return async (message) => {
    const content = new TextEncoder().encode(JSON.stringify(message));
    const init = {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": String(content.byteLength),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      // As a stream, which cannot be sent again: Deno does so with anything else where the connection is reset, and a
      // message would go out twice (RFC 9110 section 9.2.2).
      body: new Blob([content]).stream(),
      duplex: "half",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    } as const;
    const response = await request(url, init);
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The message was answered with ${response.status}.`);
  };
}
