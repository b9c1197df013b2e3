import type { Revocation } from "../../../domain/revocation.ts";
import type { Clock, TokenOwner } from "../../../ports/index.ts";
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
 * Gives the beginnings that {@link revocationText} writes of a user and of a session, each up to a comma: in the order of
 * bytes, the texts lie between that and the same with a hyphen, which is the next character.
 */
export function textBeginnings({ issuer, subject, sessionId }: TokenOwner): readonly string[] {
  const ofUser = { kind: "user", issuer, subject };
  const ofSession = { kind: "session", issuer, sessionId };
  return (sessionId === undefined ? [ofUser] : [ofUser, ofSession]).map(beginning);
}

/** Gives the beginning of a text that others of the same session or user share. */
export function textBeginning(revocation: Revocation): string {
  const { kind, issuer } = revocation;
  return beginning(
    kind === "session"
      ? { kind, issuer, sessionId: revocation.sessionId }
      : { kind, issuer, subject: revocation.subject },
  );
}

function beginning(of: Readonly<Record<string, string | undefined>>): string {
  return `${JSON.stringify(of).slice(0, -1)},`;
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

/** Reads those of many texts that are revocations and not over. */
export function readRevocations(texts: readonly unknown[], clock: Clock): readonly Revocation[] {
  const now = clock.now() / 1000;
  return texts.flatMap((text) => {
    const revocation = readRevocation(text);
    return revocation && revocation.until > now ? [revocation] : [];
  });
}

function parse(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
