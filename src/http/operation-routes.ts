import type { WithCaptchaToken } from "../domain/captcha.ts";
import type { WithCallerAddress } from "../domain/ip-address.ts";
import { promptly } from "../domain/promptly.ts";
import { demandFreshSignIn } from "../domain/use-cases/fresh-sign-in.ts";
import { authenticate, type Caller } from "../domain/use-cases/sessions.ts";
import type { Ports, Tracer } from "../ports/index.ts";
import { bearerToken, isOfScheme } from "./bearer/authorization-header.ts";
import { admitOperator, type OperatorPage } from "./bearer/operator-token.ts";
import type { BearerState } from "./environment.ts";
import { type Answer, jsonAnswer } from "./exchange/answer.ts";
import type { Respond } from "./exchange/answering.ts";
import { withEntityTag } from "./exchange/entity-tag.ts";
import { eventsOf } from "./exchange/events.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { noticesOf } from "./exchange/notices.ts";
import type { Handlers, Operation, Operations } from "./operation.ts";
import type { ProblemContent } from "./problem.ts";
import { authenticateClient, type ClientCredentials } from "./request/client-credentials.ts";
import { faultsOf, partsOf } from "./request/operation-parts.ts";
import { answerBrowser } from "./session/browser-answers.ts";
import type { BrowserRequest, FindBrowserRequest } from "./session/browser-requests.ts";

/** Something that is served. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With each path parameter in braces. */
  readonly path: string;
  readonly respond: Respond;
}

/** The parts of the service that an operation is served with, besides its handler. */
export interface OperationContext {
  readonly ports: Ports;
  readonly bodyLimitBytes: number;
  /** The client that introspects and revokes tokens, if there is one. */
  readonly client: ClientCredentials | undefined;
  /** The page of whoever runs the service, if there is one. */
  readonly operatorPage: OperatorPage | undefined;
  /** The scopes that make an administrator. */
  readonly adminScopes: readonly string[];
  /** The names in `client_metadata` that callers may send. */
  readonly clientMetadata: readonly string[];
  /** The time since the sign-in that operations allow which ask for a fresh one, in seconds. Nothing: any. */
  readonly reauthenticateAfterSeconds: number | undefined;
  readonly answerProblem: (exchange: Exchange, content: ProblemContent) => Answer;
  /** Finds out which address a request came from, as far as that can be told. */
  readonly callerOf: (exchange: Exchange) => WithCallerAddress;
  /** Tells whether a request keeps its tokens in cookies, and serves it then. */
  readonly browserRequestOf: FindBrowserRequest;
}

/** Makes the routes of some operations: who calls first, then what they send, then the handler. */
export function routesOf<All extends Operations>(
  operations: All,
  handlers: Handlers<All>,
  context: OperationContext,
): readonly Route[] {
  return Object.entries(operations).map(([id, operation]) => {
    // The types of operation and handler were held against each other where the handlers were written.
    const handler: Served["handle"] = handlers[id as keyof All];
    const handle = tracedAs(id, handler, context.ports.tracer);
    return {
      method: routeMethods[operation.method],
      path: operation.path,
      respond: (exchange) =>
        respond(exchange, { operation, handle }, { ...context, ports: portsOf(exchange, context) }),
    };
  });
}

interface Served {
  readonly operation: Operation;
  readonly handle: (request: never, ports: Ports) => unknown;
}

/** Makes a handler record its time by the id of its operation, where anything is recorded. */
function tracedAs(name: string, handle: Served["handle"], tracer: Tracer | undefined) {
  if (!tracer) return handle;
  const opening = { name, kind: "internal" } as const;
  return (request: never, ports: Ports) => tracer.trace(opening, () => handle(request, ports));
}

/** Gives the ports for one request: its events tell which it is, and where it came from. */
function portsOf(exchange: Exchange, { ports, callerOf }: OperationContext): Ports {
  const { notices } = ports;
  return {
    ...ports,
    events: eventsOf(exchange, ports.events, callerOf),
    ...(notices && { notices: noticesOf(exchange, notices) }),
  };
}

function respond(
  exchange: Exchange,
  served: Served,
  context: OperationContext,
): Answer | Promise<Answer> {
  const { operation } = served;
  const mayKeep = operation.bearer !== undefined || operation.session !== undefined;
  const browser = mayKeep ? context.browserRequestOf(exchange) : undefined;
  if (!browser) return serve(exchange, served, context);
  return answerBrowser(browser, operation, {
    serve: (finish) => serve(exchange, served, context, { browser, finish }),
  });
}

/** The part that a browser's session has in serving a request. */
interface BrowserPart {
  readonly browser: BrowserRequest;
  /** Gives the content of the answer, in place of that which the handler gave. */
  readonly finish: (content: unknown) => unknown;
}

function serve(
  exchange: Exchange,
  { operation, handle }: Served,
  context: OperationContext,
  part?: BrowserPart,
): Answer | Promise<Answer> {
  return promptly(shownBy(exchange, operation, context, part?.browser), (shown) =>
    promptly(partsOf(exchange.request.raw, operation, context.bodyLimitBytes), (parts) => {
      const errors = faultsOf(parts, context.clientMetadata);
      if (errors.length > 0) {
        return context.answerProblem(exchange, { code: "validation_failed", errors });
      }
      const { params, query, body } = parts;
      demandFresh(exchange, shown, operation, body?.value, context);
      const values = { params: params?.value, query: query?.value, body: body?.value };
      const from = operation.limited && context.callerOf(exchange);
      const captcha = operation.captcha && captchaOf(exchange);
      const asked = { ...shown, ...values, ...from, ...captcha };
      const content = handle(asked as never, context.ports);
      return promptly(content, (content) =>
        promptly(part ? part.finish(content) : content, (content) =>
          keepable(answerOf(operation.answer, content), operation, exchange),
        ),
      );
    }),
  );
}

function captchaOf({ request }: Exchange): WithCaptchaToken {
  return { captchaToken: request.header("Portico-Captcha") };
}

const routeMethods = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
} as const;

/** Whom the credentials of a request speak for, or the token that nobody has judged yet. */
interface Shown {
  readonly caller?: Caller;
  readonly accessToken?: string;
  readonly isOperator?: boolean;
}

function shownBy(
  exchange: Exchange,
  operation: Operation,
  context: OperationContext,
  browser: BrowserRequest | undefined,
): Shown | Promise<Shown> {
  if (operation.bearer === "administrator") exchange.scopes = context.adminScopes;
  if (operation.operator) {
    const isOptional = operation.operator === "optional";
    const page = context.operatorPage ?? (isOptional ? { tokens: [] } : undefined);
    const admitted = admitOperator(exchange, page, context.bodyLimitBytes);
    if (!isOptional) return admitted.then(() => nothing);
    return admitted.then(
      () => ({ isOperator: true }),
      () => ({ isOperator: false }),
    );
  }
  if (browser && operation.bearer) {
    return promptly(browser.accessToken(), (accessToken) => callerOf(context, accessToken));
  }
  if (!operation.client) return bearerOf(exchange, operation, context);
  const authorization = exchange.request.header("Authorization");
  const authenticated = authenticateClient(authorization, context.client);
  return authenticated.then(() => bearerOf(exchange, operation, context));
}

function bearerOf(
  exchange: Exchange,
  { bearer }: Operation,
  { ports, bodyLimitBytes }: OperationContext,
): Shown | Promise<Shown> {
  const { request } = exchange;
  const isOptional = bearer === "optional";
  if (bearer === undefined || (isOptional && !isOfScheme("Bearer", request))) return nothing;
  const tell = (state: BearerState) => {
    exchange.bearer = state;
  };
  return promptly(bearerToken(request, bodyLimitBytes, tell), (accessToken) =>
    isOptional ? { accessToken } : callerOf({ ports }, accessToken),
  );
}

function callerOf(
  { ports }: Pick<OperationContext, "ports">,
  accessToken: string,
): Shown | Promise<Shown> {
  return promptly(authenticate(ports, accessToken), (caller) => ({ caller }));
}

const nothing: Shown = {};

function demandFresh(
  exchange: Exchange,
  { caller }: Shown,
  { freshSignIn }: Operation,
  body: unknown,
  { ports, reauthenticateAfterSeconds: maxAgeSeconds }: OperationContext,
): void {
  if (!freshSignIn || !caller || maxAgeSeconds === undefined) return;
  if (freshSignIn !== true && !freshSignIn(body as never)) return;
  exchange.maxAgeSeconds = maxAgeSeconds;
  demandFreshSignIn(ports, caller, maxAgeSeconds);
}

/** An answer that may be kept is told apart from what it was before by its tag. */
function keepable(
  answer: Answer,
  { answer: { maxAgeSeconds } }: Operation,
  { request }: Exchange,
): Answer | Promise<Answer> {
  return maxAgeSeconds === undefined ? answer : withEntityTag(answer, request.raw);
}

function answerOf(
  { status, maxAgeSeconds, mediaType }: Operation["answer"],
  content: unknown,
): Answer {
  const headers =
    maxAgeSeconds === undefined
      ? undefined
      : ({ "Cache-Control": `public, max-age=${maxAgeSeconds}` } as const);
  if (status === 204 || content === undefined) {
    return { status, body: null, ...(headers && { headers }) };
  }
  if (mediaType !== undefined && typeof content === "string")
    return { status, body: content, headers: { "Content-Type": mediaType, ...headers } };
  return jsonAnswer(content, status, headers);
}
