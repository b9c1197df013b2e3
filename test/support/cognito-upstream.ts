import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type CognitoReply, throws, wellAnswers } from "./cognito-upstream-answers.ts";
import {
  type CognitoRequest,
  checkSecret,
  type KnownClient,
  noteIssued,
  operationOf,
} from "./cognito-upstream-secrets.ts";
import { type LoopbackServer, serveOnLoopback } from "./cognito-upstream-server.ts";

/** One request that the upstream was sent. */
export interface RecordedRequest {
  readonly operation: string;
  readonly input: CognitoRequest;
  /** Absent from what is not signed. */
  readonly authorization: string | undefined;
  /** Says which trace it is of, if it is of any. */
  readonly traceparent: string | undefined;
}

/** A server on this machine that speaks Cognito's wire protocol, with answers that are scripted. */
export interface CognitoUpstream extends LoopbackServer {
  readonly requests: readonly RecordedRequest[];
  /** Scripts the answers of an operation: one after the other, and the last one from then on. */
  script(operation: string, ...replies: readonly CognitoReply[]): void;
  /** Has the answers of an operation made of its requests, until it is scripted. */
  respond(operation: string, reply: (request: RecordedRequest) => CognitoReply): void;
}

/**
 * Starts an upstream for one app client. Each request has to prove that it knows the client's secret before it gets
 * what is scripted, or else what Cognito answers when all is well.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonParameters.html
 */
export async function startCognitoUpstream(client: KnownClient): Promise<CognitoUpstream> {
  const requests: RecordedRequest[] = [];
  const scripts = new Map<string, CognitoReply[]>();
  const responders = new Map<string, (request: RecordedRequest) => CognitoReply>();
  const issued = new Map<string, string>();

  function replyTo(request: RecordedRequest): CognitoReply {
    const { operation, input } = request;
    const fault = checkSecret(operation, input, client, issued);
    if (fault) return throws("NotAuthorizedException", fault);
    const script = scripts.get(operation) ?? [];
    const scripted = script.length > 1 ? script.shift() : script[0];
    const made = scripted ?? responders.get(operation)?.(request);
    return made ?? wellAnswers[operation] ?? throws("UnknownOperationException");
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = await readRequest(request);
    requests.push(recorded);
    const reply = replyTo(recorded);
    if (typeof reply === "function") return reply(request, response);
    noteIssued(issued, reply.body);
    response.writeHead(reply.status, { "content-type": reply.contentType });
    response.end(reply.body);
  }

  const server = await serveOnLoopback(serve);
  return {
    ...server,
    requests,
    script: (operation, ...replies) => void scripts.set(operation, [...replies]),
    respond: (operation, reply) => void responders.set(operation, reply),
  };
}

async function readRequest(request: IncomingMessage): Promise<RecordedRequest> {
  const operation = operationOf(request);
  const input: CognitoRequest = JSON.parse((await text(request)) || "{}");
  const { authorization, traceparent } = request.headers;
  return { operation, input, authorization, traceparent: traceparent?.toString() };
}
