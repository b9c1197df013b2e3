import type { Revocation } from "../../../domain/revocation.ts";
import { isJsonObject } from "../../shared/json-object.ts";

/** Writes a revocation as a store keeps it: in the same way each time, and with nothing that does not belong. */
export function revocationText(revocation: Revocation): string {
  const { kind, issuer, until } = revocation;
  if (kind === "session")
    return JSON.stringify({ kind, issuer, sessionId: revocation.sessionId, until });
  const { subject, issuedUntil } = revocation;
  return JSON.stringify({ kind, issuer, subject, issuedUntil, until });
}

/**
 * Reads a revocation that {@link revocationText} wrote. Gives nothing for anything else, which others may have put
 * there.
 */
export function readRevocation(text: unknown): Revocation | undefined {
  const written = parse(text);
  if (!isJsonObject(written)) return undefined;
  const { kind, issuer, until, sessionId, subject, issuedUntil } = written;
  if (typeof issuer !== "string" || typeof until !== "number") return undefined;
  if (kind === "session" && typeof sessionId === "string")
    return { kind, issuer, sessionId, until };
  if (kind === "user" && typeof subject === "string" && typeof issuedUntil === "number")
    return { kind, issuer, subject, issuedUntil, until };
  return undefined;
}

function parse(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
