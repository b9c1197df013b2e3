import { sha256Text } from "../../shared/digest.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { publicKeyParameters } from "./public-key.ts";

/**
 * The thumbprint of a public key: the SHA-256 digest of its parameters, sorted by name and without white space (RFC 7638
 * section 3). jose has one as well, with eleven modules that nothing else here needs.
 */
export function thumbprintOf(jwk: JsonObject): Promise<string> {
  const parameters = Object.entries(publicKeyParameters(jwk) ?? {});
  const sorted = parameters.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256Text(JSON.stringify(Object.fromEntries(sorted)));
}
