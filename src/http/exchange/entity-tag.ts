import type { Answer } from "./answer.ts";

const bytesOfTag = 12;

/**
 * Names an answer that may be kept by its content, and sends nothing to whoever has it already.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
 */
export async function withEntityTag(answer: Answer, request: Request): Promise<Answer> {
  const bytes = new TextEncoder().encode(answer.body ?? "");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, bytesOfTag);
  const tag = `"${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
  const headers = { ...answer.headers, ETag: tag };
  if (!isKnown(tag, request.headers.get("If-None-Match"))) return { ...answer, headers };
  const { "Content-Type": _, ...others } = headers;
  return { status: 304, body: null, headers: others };
}

/** Tells whether a tag is one of those that were sent, by weak comparison (RFC 9110 section 13.1.2). */
function isKnown(tag: string, sent: string | null): boolean {
  if (sent === null) return false;
  const tags = sent.split(",").map((one) => one.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}
