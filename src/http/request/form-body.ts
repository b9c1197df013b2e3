import type * as z from "zod/mini";
import { IdentityError } from "../../domain/errors.ts";
import { checkContentType, readBody } from "./json-body.ts";
import { type Validated, validate } from "./validation.ts";

/**
 * Reads a form from a request, as OAuth has them: each parameter once at most (RFC 6749 section 3.2).
 *
 * @throws {IdentityError} `unsupported_media_type` — no form by its headers, or no header
 * @throws {IdentityError} `payload_too_large` — more bytes than the limit
 * @throws {IdentityError} `malformed_request` — not UTF-8, or a parameter is there twice
 */
export async function parseFormBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  limitBytes: number,
): Promise<Validated<z.output<Schema>>> {
  checkContentType(request, "application/x-www-form-urlencoded");
  const form = [...new URLSearchParams(decoded(await readBody(request, limitBytes)))];
  if (new Set(form.map(([name]) => name)).size < form.length) {
    throw new IdentityError("malformed_request");
  }
  return validate(schema, Object.fromEntries(form));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The error that was caught is of no use to anyone.
    throw new IdentityError("malformed_request");
  }
}
