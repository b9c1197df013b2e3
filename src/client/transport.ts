import { type ErrorCode, PorticoError } from "./errors.ts";
import type { Fetch } from "./options.ts";
import type { AnswerOf, BodyOf, Fault, Method, PathOf } from "./schemas.ts";

/** The parts of a request to the service. */
export interface Sent<Body = unknown> {
  readonly body?: Body | undefined;
  /** The values of the parameters in the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly captcha?: string | undefined;
  /** The headers that stand for the session, or ask for one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Sends requests to the service. */
export interface Transport {
  /** The address of the service, without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  /**
   * Sends a request, and gives the content of the answer.
   *
   * @throws {PorticoError} with the code of the answer, or `network_error`, `request_timeout`, `unexpected_answer`
   */
  send<M extends Method, Path extends PathOf<M>>(
    method: M,
    path: Path,
    sent?: Sent<BodyOf<M, Path>>,
  ): Promise<AnswerOf<M, Path>>;
}

/** Makes the transport to a service. */
export function createTransport(url: string, fetch: Fetch, timeout: number): Transport {
  return {
    url,
    fetch,
    async send(method, path, sent = {}) {
      const { signal, query = {}, params = {} } = sent;
      const address = path.replace(/\{(\w+)\}/g, (_, name) => segmentOf(name, params[name]));
      const asked = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      );
      const search = asked.length > 0 ? `?${new URLSearchParams(asked)}` : "";
      return within(timeout, signal, async (signal) => {
        const init = { ...initOf(method.toUpperCase(), sent), signal };
        return contentOf(await fetch(`${url}${address}${search}`, init));
      });
    },
  };
}

/**
 * Writes a value into a path. Nothing and one or two dots are no names there: a path is read as if they were not in it, however
 * they are encoded, and would be that of another operation.
 *
 * @throws {PorticoError} `validation_failed` — it is one of these
 * @see https://url.spec.whatwg.org/#double-dot-path-segment
 */
function segmentOf(name: string, value = ""): string {
  if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
  const reason = value === "" ? "required" : "dot_segment";
  throw new PorticoError("validation_failed", { errors: [{ pointer: `/${name}`, reason }] });
}

function initOf(method: string, { body, captcha, headers }: Sent): RequestInit {
  return {
    method,
    // The service never redirects: who does is not the service, and is told no token. Workers know no `error` here.
    redirect: "manual",
    ...(headers?.["Portico-Session"] && { credentials: "include" }),
    headers: {
      ...headers,
      ...(captcha !== undefined && { "Portico-Captcha": captcha }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Does something for so long at most. A caller's own signal ends it with that signal's reason. */
async function within<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal?.addEventListener("abort", abort);
  const timer = setTimeout(abort, milliseconds);
  try {
    return await act(controller.signal);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PorticoError) throw cause;
    throw new PorticoError(controller.signal.aborted ? "request_timeout" : "network_error", {
      cause,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Reads an answer to its end, and throws those that are errors. */
async function contentOf<Content>(response: Response): Promise<Content> {
  const text = await response.text();
  const content = parsed(text);
  const { status, headers } = response;
  if (response.ok && (content || status === 204)) return content as Content;
  throw problemOf(status, headers, content);
}

/** Gives the error that an answer stands for. */
function problemOf(status: number, headers: Headers, content: unknown): PorticoError {
  const problem = (content ?? {}) as { code?: ErrorCode; title?: string; errors?: Fault[] };
  const isOurs = typeof problem.code === "string";
  return new PorticoError(isOurs ? (problem.code as ErrorCode) : "unexpected_answer", {
    status,
    message: isOurs ? problem.title : undefined,
    errors: problem.errors,
    retryAfter: Number(headers.get("Retry-After")) || undefined,
    requestId: headers.get("X-Request-Id") ?? undefined,
  });
}

/** Reads JSON, nothing where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
