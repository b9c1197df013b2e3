import type { Confirmation } from "../../../domain/principal.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";

/**
 * Reads which key a token is bound to: by its thumbprint (RFC 9449 section 6.1), and in no second way, which nobody
 * would look at.
 *
 * @param cnf - the claim, where there is one
 * @throws {IdentityError} `invalid_token` — it names no key, or not in that way
 */
export function readConfirmation(cnf: unknown): Confirmation {
  if (!isJsonObject(cnf) || Object.keys(cnf).length !== 1) throw rejected("wrong_use");
  const { jkt } = cnf;
  if (typeof jkt !== "string" || !/^[\w-]{43}$/.test(jkt)) throw rejected("wrong_use");
  return Object.freeze({ thumbprint: jkt });
}
