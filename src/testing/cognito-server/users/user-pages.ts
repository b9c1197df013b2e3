import { pageOfUsers } from "../../../adapters/memory/administration/user-listing.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { UserSearch } from "../../../adapters/memory/users/user-search.ts";
import { isIdentityError } from "../../../domain/errors.ts";
import type { UserPool } from "../directory/directory.ts";
import { invalidPage, type ListPage } from "../wire/pages.ts";

/**
 * Gives a page of the users of a pool.
 *
 * @throws {CognitoException} `InvalidParameter` — the token is none that was given for such a page
 */
export function pageOfPool(
  { engine }: UserPool,
  search: UserSearch,
  page: { readonly limit: number; readonly token: string | undefined },
): ListPage<User> {
  const { limit, token: cursor } = page;
  try {
    const { items, cursor: next } = pageOfUsers(engine.users, search, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items, next };
  } catch (error) {
    throw isIdentityError(error, "validation_failed") ? invalidPage() : error;
  }
}
