import { IdentityError } from "../../domain/errors.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { isFromThisMachine } from "../exchange/local-caller.ts";
import { isSame } from "../request/client-credentials.ts";
import { bearerToken } from "./authorization-header.ts";

/** A page for whoever runs the service, and what opens it. */
export interface OperatorPage {
  /** The tokens that open it, the newest first. Without any it answers this machine alone. */
  readonly tokens: readonly string[];
}

/**
 * Expects a token of whoever runs the service, or that it is asked for from this machine where there are none.
 *
 * @throws {IdentityError} `not_found` — there is no such page
 * @throws {IdentityError} `rejected_by_policy` — no token is set up, and who asks may be elsewhere
 * @throws {IdentityError} `invalid_token` — no token, or another
 * @throws {IdentityError} `malformed_request` — as {@link bearerToken}
 */
export async function admitOperator(
  exchange: Exchange,
  page: OperatorPage | undefined,
  bodyLimitBytes: number,
): Promise<void> {
  if (!page) throw new IdentityError("not_found");
  if (page.tokens.length === 0) {
    if (isFromThisMachine(exchange)) return;
    throw new IdentityError("rejected_by_policy", {
      detail: "The metrics answer this machine alone, unless METRICS_TOKEN is set.",
    });
  }
  const shown = await bearerToken(exchange.request, bodyLimitBytes, (state) => {
    exchange.bearer = state;
  });
  const matches = await Promise.all(page.tokens.map((token) => isSame(token, shown)));
  if (!matches.includes(true)) throw new IdentityError("invalid_token");
}
