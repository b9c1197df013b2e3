import { withinDeadline } from "../../shared/deadline.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import type { HeldKeys } from "./held-keys.ts";
import type { RemoteKeySetSettings } from "./remote-key-set-options.ts";
import { vetSomeKeys } from "./vetted-keys.ts";

/** The time that the cache may take, in milliseconds: it is there to save time. */
const timeoutMs = 250;

/**
 * Reads the keys that another instance fetched, where there is a cache. They are vetted as if they came from the
 * network. A cache that is down or holds rubbish must not keep anybody from fetching: it gives nothing then.
 */
export async function readSharedKeys(
  settings: RemoteKeySetSettings,
): Promise<HeldKeys | undefined> {
  const { cache, uri, clock } = settings;
  if (!cache) return undefined;
  try {
    const text = await withinDeadline(cache.get(uri.href), timeoutMs);
    const document: unknown = JSON.parse(text ?? "null");
    if (!isJsonObject(document) || typeof document.fetchedAt !== "number") return undefined;
    // Nothing was fetched in the future, whatever another instance's clock says.
    return { ...vetSomeKeys(document), at: Math.min(document.fetchedAt, clock.now()) };
  } catch (failure) {
    settings.onFailure(failure);
    return undefined;
  }
}

/** Gives keys to other instances, where there is a cache. The keys are good whether or not that works. */
export async function writeSharedKeys(
  settings: RemoteKeySetSettings,
  fetched: HeldKeys,
): Promise<void> {
  const { cache, uri, maxStaleMs } = settings;
  if (!cache) return;
  try {
    const document = JSON.stringify({ fetchedAt: fetched.at, keys: fetched.keys });
    await withinDeadline(cache.put(uri.href, document, Math.ceil(maxStaleMs / 1000)), timeoutMs);
  } catch (failure) {
    settings.onFailure(failure);
  }
}
