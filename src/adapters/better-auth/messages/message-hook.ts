import type { OutboxMessage } from "../../../ports/index.ts";

const timeoutMs = 10_000;

/** Gives a function that posts each message as JSON to an address, and rejects unless that answers 2xx. */
export function postTo(
  url: string,
  token: string | undefined,
  request: typeof fetch = fetch,
): (message: OutboxMessage) => Promise<void> {
  return async (message) => {
    const response = await request(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(message),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The message was answered with ${response.status}.`);
  };
}
