import { type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { text } from "node:stream/consumers";
import { throws } from "./cognito-upstream-answers.ts";
import {
  type CognitoRequest,
  checkSecret,
  type KnownClient,
  noteIssued,
  operationOf,
} from "./cognito-upstream-secrets.ts";
import { type LoopbackServer, serveOnLoopback } from "./cognito-upstream-server.ts";

/** A request that the guard let through or not, without what it carried. */
export interface GuardedRequest {
  readonly operation: string;
  /** Whether it proved that it knows the client's secret; operations that prove nothing pass as well. */
  readonly passed: boolean;
}

/** A proxy in front of an emulator that looks at no secret. */
export interface CognitoGuard extends LoopbackServer {
  readonly requests: readonly GuardedRequest[];
}

/**
 * Starts a proxy that answers as Cognito does to a wrong, missing or stale secret, and passes everything else on: so all
 * that is run against the emulator proves the hashes too. For `REFRESH_TOKEN_AUTH` it knows the user name from the
 * access token that it saw issued with the refresh token.
 */
export async function startCognitoGuard({
  upstream,
  ...client
}: KnownClient & { readonly upstream: string }): Promise<CognitoGuard> {
  const requests: GuardedRequest[] = [];
  const issued = new Map<string, string>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const operation = operationOf(request);
    const fault = faultOf(operation, body, client, issued);
    requests.push({ operation, passed: !fault });
    if (fault) {
      const { status, body: refusal, contentType } = throws("NotAuthorizedException", fault);
      response.writeHead(status, { "content-type": contentType }).end(refusal);
      return;
    }
    await forward({ request, body, upstream, response, issued });
  }

  return { ...(await serveOnLoopback(serve)), requests };
}

function faultOf(
  operation: string,
  body: string,
  client: KnownClient,
  issued: ReadonlyMap<string, string>,
): string | undefined {
  if (operation === "") return undefined;
  const input: CognitoRequest = JSON.parse(body || "{}");
  // Whoever sets up a pool goes through here too, and other clients are none of the guard's business.
  return input.ClientId === client.clientId
    ? checkSecret(operation, input, client, issued)
    : undefined;
}

async function forward(passage: {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly upstream: string;
  readonly response: ServerResponse;
  readonly issued: Map<string, string>;
}): Promise<void> {
  const { request, body, upstream, response, issued } = passage;
  const answer = await ask(new URL(request.url ?? "/", upstream), request, body);
  const answerBody = await text(answer);
  noteIssued(issued, answerBody);
  const contentType = answer.headers["content-type"] ?? "application/json";
  response.writeHead(answer.statusCode ?? 0, { "content-type": contentType }).end(answerBody);
}

/**
 * Over a connection of its own: on one that is kept, a request can arrive when an emulator that was busy for more than
 * five seconds closes it for idleness, and the provider in the guard's place would seem to have failed.
 */
function ask(url: URL, { method, headers }: IncomingMessage, body: string) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const options = { agent: false, method, headers: forwardedHeaders(headers) };
    send(url, options, resolve).on("error", reject).end(body);
  });
}

function forwardedHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  const names = ["accept", "authorization", "content-type", "x-amz-target"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}
