import type { components } from "../../../src/client/generated/api.ts";
import { checkAnswer } from "../contract-check.ts";

/** The capabilities on the wire. */
export type Said = components["schemas"]["Capabilities"];

/** The request of a probe. */
export interface Sent {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to it. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON: nothing in it where there is none. */
  readonly body: {
    readonly status?: string;
    readonly code?: string;
    readonly challenge?: { readonly type: string; readonly session: string };
    readonly tokens?: { readonly access_token: string };
    readonly errors?: readonly { readonly pointer: string; readonly reason: string }[];
  };
}

/** Makes the request of a probe. */
export function sendTo(method: string, { body, token, headers }: Sent = {}): RequestInit {
  return {
    method,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Reads an answer, and holds it against the document. */
export async function readAnswer(
  response: Response,
  method: string,
  path: string,
): Promise<Received> {
  const text = await response.text();
  checkAnswer(method, path, response, text);
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : JSON.parse(text),
  };
}

/** Asks a service for its capabilities. */
export async function capabilitiesOf({
  send,
}: {
  send(method: string, path: string): Promise<{ readonly body: object }>;
}): Promise<Said> {
  const { body } = await send("GET", "/v1/capabilities");
  return body as Said;
}
