import type { SessionSummary } from "../../../domain/session.ts";
import { ContractFailure } from "../../expectations.ts";
import type { IdentityProviderHarness } from "../harness.ts";

/** Lists a user's sessions page by page: from the first, or after a cursor, to the last. */
export async function allSessions(
  { identity }: IdentityProviderHarness,
  accessToken: string,
  { limit = 60, after }: { readonly limit?: number; readonly after?: string } = {},
): Promise<readonly SessionSummary[]> {
  const sessions: SessionSummary[] = [];
  let cursor = after;
  do {
    const start = cursor !== undefined && { cursor };
    const page = await identity.listSessions({ accessToken, limit, ...start });
    sessions.push(...page.items);
    cursor = page.cursor;
    if (sessions.length > 10_000) throw new ContractFailure("expected the list of sessions to end");
  } while (cursor !== undefined);
  return sessions;
}

export function idsOf(sessions: readonly SessionSummary[]): readonly string[] {
  return sessions.map(({ id }) => id);
}
