import type { CompromisedPasswords } from "../../ports/index.ts";
import { readBounded } from "../shared/bounded-body.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { createWorkQueue } from "../shared/work-queue.ts";

/** The service that publishes the ranges for anyone to ask. */
export const publicRangesUrl = "https://api.pwnedpasswords.com/range/";

/** The length of the part of a digest that is told, in hexadecimal digits: hundreds of passwords share each. */
const prefixLength = 5;

/** A line of a range: the rest of a digest, and how often it was seen. Padding was seen never. */
const line = /^([0-9A-F]{35}):(\d+)$/;

/** The questions that are under way at once, as a connection each is taken. */
const atOnce = 16;

/** The options of {@link createPasswordRanges}. */
export interface PasswordRangesOptions {
  /** The address that prefixes are appended to. @default that of Have I Been Pwned */
  readonly url?: string;
  /** The time that an answer may take, waiting for its turn included, in milliseconds. @default 1500 */
  readonly timeoutMs?: number;
  /** Hears of questions that had no answer. */
  readonly onFailure?: (failure: unknown) => void;
  /** @default the runtime's `fetch` */
  readonly fetch?: typeof fetch;
}

/**
 * Makes the list of a service that is asked for the range of digests that a password's is in, and so never learns which
 * password it was (k-anonymity). Answers are padded, so that their length tells no more.
 *
 * @see https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
 */
export function createPasswordRanges({
  url = publicRangesUrl,
  timeoutMs = 1500,
  onFailure = () => undefined,
  fetch: request = (...input) => fetch(...input),
}: PasswordRangesOptions = {}): CompromisedPasswords {
  const base = url.endsWith("/") ? url : `${url}/`;
  const queue = createWorkQueue({ atOnce, mostWaiting: atOnce * 8, longestWaitMs: timeoutMs });

  async function isListed(digest: string): Promise<boolean> {
    const [prefix, suffix] = [digest.slice(0, prefixLength), digest.slice(prefixLength)];
    const response = await request(`${base}${prefix}`, {
      headers: { "Add-Padding": "true", "User-Agent": "portico" },
      // workerd knows no `redirect: "error"`; a redirect that is not followed has no status 200.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new Error(`The ranges' address answered with status ${response.status}.`);
    }
    return suffixesIn(new TextDecoder().decode(await readBounded(response.body))).has(suffix);
  }

  return {
    async has(password) {
      try {
        const digest = await digestOf(password);
        return await withinDeadline(
          queue.run(() => isListed(digest)),
          timeoutMs,
        );
      } catch (failure) {
        onFailure(failure);
        return false;
      }
    },
  };
}

/** Reads a range, which no other answer looks like: a page that a proxy puts in its place says nothing of a password. */
function suffixesIn(text: string): ReadonlySet<string> {
  const suffixes = new Set<string>();
  for (const entry of text.trim().split(/\r?\n/)) {
    const [, suffix, count] = line.exec(entry.trim().toUpperCase()) ?? [];
    if (suffix === undefined) throw new Error("The ranges' address answered with something else.");
    if (Number(count) > 0) suffixes.add(suffix);
  }
  return suffixes;
}

/** SHA-1 is what the ranges are of, and keeps nothing secret here. */
async function digestOf(password: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(password));
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").toUpperCase();
}
