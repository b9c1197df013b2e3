import type { RemoteKeySetSettings } from "./remote-key-set-options.ts";

/** Most of an answer that is read, in bytes, after decompression. */
const maxBytes = 65_536;

/**
 * Fetches a JSON document: once, within a deadline, without following redirects, and no more of it than a key set or an
 * issuer's metadata can need.
 *
 * @throws {Error} for whatever keeps it from giving one
 */
export async function fetchDocument({
  uri,
  request,
  timeoutMs,
}: Pick<RemoteKeySetSettings, "uri" | "request" | "timeoutMs">): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await request(uri, {
    headers: { accept: "application/json" },
    // workerd knows no `redirect: "error"`; a redirect that is not followed has no status 200.
    redirect: "manual",
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The document's address answered with status ${response.status}.`);
  }
  return JSON.parse(await readText(response, signal));
}

async function readText({ body }: Response, signal: AbortSignal): Promise<string> {
  if (!body) throw new Error("The document's address answered with nothing.");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = body.getReader();
  // Not every `fetch` ends a body at the signal: without this an answer that drips is read for ever.
  signal.addEventListener("abort", () => reader.cancel().catch(() => undefined));
  let text = "";
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw new Error("The document is too long.");
    }
    text += decoder.decode(part.value, { stream: true });
  }
  signal.throwIfAborted();
  return text + decoder.decode();
}
