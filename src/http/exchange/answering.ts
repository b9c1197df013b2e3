import type { Context } from "hono";
import type { Tracer } from "../../ports/index.ts";
import type { AppEnv } from "../environment.ts";
import type { Answer } from "./answer.ts";
import type { CorsFindings, CorsHeaders } from "./cors.ts";
import { beginExchange, type Exchange } from "./exchange.ts";
import { checkHost } from "./host.ts";
import { faultEntry, type RequestLog, requestEntry } from "./request-log.ts";
import { responseOf } from "./response.ts";
import { answerTraced } from "./traced.ts";

/** Answers what a request asks for. What it throws is answered as well. */
export type Respond = (exchange: Exchange) => Answer | Promise<Answer>;

/** The parts of the service that every request meets. */
export interface AnsweringOptions {
  /** Answers a fault. */
  readonly answerFault: (exchange: Exchange, error: Error) => Answer;
  /** Finds out what a browser is told, where pages of other origins may call. */
  readonly cors?: ((request: Exchange["request"]) => CorsFindings) | undefined;
  readonly corsOrigins: readonly string[];
  readonly log?: RequestLog | undefined;
  /** Counts a request, once it is answered. */
  readonly count?: ((request: CountedRequest) => void) | undefined;
  /** Records where its time goes. */
  readonly tracer?: Tracer | undefined;
}

/** A request that was answered, as metrics count it. */
export interface CountedRequest {
  /** The pattern of the route, where there is one. */
  readonly route: string | undefined;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * Makes the way that every request takes, one step after the other: its id, CORS, its host, what responds to it, the one
 * response with all headers, the log. No chain of middleware, so that what is responded to without a promise is answered
 * without one, and no response is made twice.
 */
export function createAnswering({
  answerFault,
  cors,
  corsOrigins,
  log,
  count,
  tracer,
}: AnsweringOptions): (c: Context<AppEnv>, respond: Respond) => Response | Promise<Response> {
  return (c, respond) => {
    const exchange = beginExchange(c);
    if (tracer) return answerTraced(tracer, exchange, () => answered(exchange, respond));
    return answered(exchange, respond);
  };

  function answered(exchange: Exchange, respond: Respond): Response | Promise<Response> {
    const findings = cors?.(exchange.request);
    if (findings?.isPreflight)
      return finish(exchange, { status: 204, body: null }, findings.headers);
    const answer = answerOf(exchange, respond);
    if (!(answer instanceof Promise)) return finish(exchange, answer, findings?.headers);
    return answer.then((answer) => finish(exchange, answer, findings?.headers));
  }

  function answerOf(exchange: Exchange, respond: Respond): Answer | Promise<Answer> {
    try {
      checkHost(exchange.request.header("Host"));
      const answer = respond(exchange);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((error) => fail(exchange, error));
    } catch (error) {
      return fail(exchange, error);
    }
  }

  /** Anything else that an adapter throws becomes an Error. */
  function fail(exchange: Exchange, thrown: unknown): Answer {
    const error =
      thrown instanceof Error
        ? thrown
        : new Error("Something was thrown that is not an Error", { cause: thrown });
    const answer = answerFault(exchange, error);
    if (answer.status >= 500) log?.("error", faultEntry(exchange, error));
    return answer;
  }

  function finish(exchange: Exchange, answer: Answer, corsHeaders: CorsHeaders | undefined) {
    const response = responseOf(answer, exchange.requestId, corsHeaders);
    // Each a header of its own (RFC 6265 section 3).
    for (const cookie of exchange.cookies ?? []) response.headers.append("Set-Cookie", cookie);
    const { status } = answer;
    log?.(status < 500 ? "info" : "error", requestEntry(exchange, status, corsOrigins));
    if (count) {
      const seconds = (performance.now() - exchange.startedAt) / 1000;
      count({ method: exchange.request.method, route: exchange.route, status, seconds });
    }
    return response;
  }
}
