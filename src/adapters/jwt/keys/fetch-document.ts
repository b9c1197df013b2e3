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
  const response = await request(uri, {
    headers: { accept: "application/json" },
    // workerd knows no `redirect: "error"`; a redirect that is not followed has no status 200.
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The document's address answered with status ${response.status}.`);
  }
  return JSON.parse(await readText(response));
}

async function readText({ body }: Response): Promise<string> {
  if (!body) throw new Error("The document's address answered with nothing.");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = body.getReader();
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
  return text + decoder.decode();
}
