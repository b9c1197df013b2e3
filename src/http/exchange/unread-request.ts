import { responseOf } from "./response.ts";

/** The statuses of requests that were not read to the end, and what each says. */
const titles = {
  400: "The request is malformed",
  408: "The request did not come in time",
  413: "The request body is too large",
  431: "The request's headers are too large",
} as const;

/** A status of {@link unreadRequestResponse}. */
export type UnreadStatus = keyof typeof titles;

/**
 * Answers what a server could not read as a request, as any other fault is answered: with a problem document and the headers
 * that all answers have. The connection ends with it, as nobody knows where a next request would begin.
 */
export function unreadRequestResponse(status: UnreadStatus): Response {
  const requestId = crypto.randomUUID();
  const problem = {
    type: "about:blank",
    title: titles[status],
    status,
    instance: `urn:uuid:${requestId}`,
    code: status === 413 ? "payload_too_large" : "malformed_request",
  };
  const body = JSON.stringify(problem);
  const headers = { "Content-Type": "application/problem+json" };
  return responseOf({ status, body, headers }, requestId);
}
