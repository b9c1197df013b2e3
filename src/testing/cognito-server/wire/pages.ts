import { invalidParameter } from "./cognito-exception.ts";

/** A part of a listing, and what the next one is asked for with: nothing, where it was the last. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * Cuts a page out of a listing.
 *
 * @throws {CognitoException} `InvalidParameter` — the token is none that was given
 */
export function pageOf<Item>(
  all: readonly Item[],
  limit: number,
  token: string | undefined,
): ListPage<Item> {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(start) || start < 0 || start > all.length)
    throw invalidParameter("Invalid pagination token given.");
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}
