import * as base64url from "jose/base64url";
import { IdentityError } from "../../domain/errors.ts";

/** Writes the place that a listing goes on from, as text that can be put into an address. */
export function writeCursor(place: readonly unknown[]): string {
  return base64url.encode(JSON.stringify(place));
}

/**
 * Reads a cursor. Anyone can write one, so that what it holds is for the listing to check.
 *
 * @throws {IdentityError} `validation_failed` — it holds no place at all; path `["cursor"]`
 */
export function readCursor(cursor: string): readonly unknown[] {
  try {
    const place: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(cursor)));
    if (Array.isArray(place)) return place;
  } catch {
    // Not even JSON: none of ours.
  }
  throw unknownCursor();
}

/** Makes the refusal of a cursor that is none of the listing's. */
export function unknownCursor(): IdentityError {
  return new IdentityError("validation_failed", {
    violations: [{ path: ["cursor"], reason: "unknown" }],
  });
}
