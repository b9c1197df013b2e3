import type { Confirmation } from "../../../domain/principal.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";

/** The other ways to name a key (RFC 7800 section 3, RFC 8705 section 3.1, RFC 9203 section 4.3.3). */
const otherBindings = ["jwk", "jwe", "kid", "jku", "x5t#S256", "osc"];

/**
 * Reads which key a token is bound to: by its thumbprint (RFC 9449 section 6.1), and in no second way, which nobody
 * would look at. Members that no specification gives a meaning are ignored (RFC 7800 section 3.1).
 *
 * @param cnf - the claim, where there is one
 * @throws {IdentityError} `invalid_token` — it names no key, or not in that way
 */
export function readConfirmation(cnf: unknown): Confirmation {
  if (!isJsonObject(cnf)) throw rejected("wrong_use", "bound_to_no_key");
  const { jkt } = cnf;
  const isOther = otherBindings.some((name) => Object.hasOwn(cnf, name));
  if (isOther || typeof jkt !== "string" || !/^[\w-]{43}$/.test(jkt)) {
    throw rejected("wrong_use", "bound_to_key");
  }
  return Object.freeze({ thumbprint: jkt });
}
