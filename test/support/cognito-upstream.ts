import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type CognitoReply, throws, wellAnswers } from "./cognito-upstream-answers.ts";
import {
  type CognitoRequest,
  checkSecret,
  type KnownClient,
  noteIssued,
  operationOf,
} from "./cognito-upstream-secrets.ts";

/** One request that the upstream was sent. */
export interface RecordedRequest {
  readonly operation: string;
  readonly input: CognitoRequest;
  /** Absent from what is not signed. */
  readonly authorization: string | undefined;
}

/** A server on this machine that speaks Cognito's wire protocol, with answers that are scripted. */
export interface CognitoUpstream {
  readonly endpoint: string;
  readonly requests: readonly RecordedRequest[];
  /** Scripts the answers of an operation: one after the other, and the last one from then on. */
  script(operation: string, ...replies: readonly CognitoReply[]): void;
  /** Has the answers of an operation made of its requests, until it is scripted. */
  respond(operation: string, reply: (request: RecordedRequest) => CognitoReply): void;
  stop(): Promise<void>;
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

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    script: (operation, ...replies) => void scripts.set(operation, [...replies]),
    respond: (operation, reply) => void responders.set(operation, reply),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(request: IncomingMessage): Promise<RecordedRequest> {
  const operation = operationOf(request);
  const input: CognitoRequest = JSON.parse((await text(request)) || "{}");
  return { operation, input, authorization: request.headers.authorization };
}
