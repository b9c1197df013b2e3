import { pageOf as cutPage } from "../../../adapters/memory/administration/user-listing.ts";
import { type CognitoException, invalidParameter } from "./cognito-exception.ts";

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
  if (!Number.isSafeInteger(start) || start < 0 || start > all.length) throw invalidPage();
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}

/**
 * Cuts a page off of what is left of a listing whose items have names, in the order of those. It takes no more of it
 * than that needs, and what is added or deleted meanwhile moves no page.
 *
 * @param leftAfter - gives what comes after a name, whether that is there or not
 * @throws {CognitoException} `InvalidParameter` — the token is none that was given
 */
export function pageByName<Item extends { readonly name: string }>(
  leftAfter: (name: string) => Iterable<Item>,
  limit: number,
  token: string | undefined,
): ListPage<Item> {
  const left = leftAfter(token === undefined ? "" : nameOf(token));
  const { items, cursor: next } = cutPage(left, limit, ({ name }) => tokenOf(name));
  return { items, next };
}

const beginning = "after:";

function tokenOf(name: string): string {
  return beginning + encodeURIComponent(name);
}

function nameOf(token: string): string {
  if (!token.startsWith(beginning)) throw invalidPage();
  try {
    return decodeURIComponent(token.slice(beginning.length));
  } catch {
    throw invalidPage();
  }
}

/** Says that a token is none that was given. */
export function invalidPage(): CognitoException {
  return invalidParameter("Invalid pagination token given.");
}
