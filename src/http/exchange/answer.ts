import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * An answer before it has the headers that all answers have. A response is made of it once, with every header: each that
 * is put into one that exists costs about as much as making it.
 */
export interface Answer {
  readonly status: ContentfulStatusCode | 204 | 304;
  readonly body: string | null;
  readonly headers?: AnswerHeaders;
}

/** The headers that an answer can have of its own, each written in one way, as two ways would make two headers of it. */
export type AnswerHeaders = Readonly<Partial<Record<AnswerHeaderName, string>>>;

type AnswerHeaderName =
  | "Allow"
  | "Cache-Control"
  | "Content-Security-Policy"
  | "Content-Type"
  | "ETag"
  | "Link"
  | "RateLimit"
  | "RateLimit-Policy"
  | "Retry-After"
  | "WWW-Authenticate";

/** Makes an answer in JSON. */
export function jsonAnswer(
  content: unknown,
  status: ContentfulStatusCode = 200,
  headers: AnswerHeaders = {},
): Answer {
  const body = JSON.stringify(content);
  return { status, body, headers: { "Content-Type": "application/json", ...headers } };
}
