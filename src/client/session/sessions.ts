import { isPorticoError, PorticoError } from "../errors.ts";
import type { CallOptions, Fetch } from "../options.ts";
import type { AnswerOf, BodyOf, Method, PathOf, Session } from "../schemas.ts";
import type { Sent, Transport } from "../transport.ts";
import { abortable } from "./abortable.ts";
import { type Keeper, refusals, type SessionHeaders, type SignInEnd } from "./keeper.ts";
import type { SessionChange, Tabs } from "./tabs.ts";

/** Is told that a session has begun or ended, here or in another tab. */
export type SessionListener = (change: SessionChange) => void;

/** The session of a client, whatever keeps it. */
export interface Sessions {
  readonly asking: Keeper["asking"];
  start(end: SignInEnd): Promise<void>;
  /** Sends a request in the session's name, once more with new tokens where the first are refused. */
  send<M extends Method, Path extends PathOf<M>>(
    method: M,
    path: Path,
    sent?: Sent<BodyOf<M, Path>>,
  ): Promise<AnswerOf<M, Path>>;
  session(options?: CallOptions): Promise<Session | undefined>;
  readonly fetch: Fetch;
  end(options?: CallOptions): Promise<void>;
  /** Forgets a session that the service has ended. */
  forget(): Promise<void>;
}

/** The parts that sessions are made of. */
export interface SessionsOptions {
  readonly transport: Transport;
  readonly keeper: Keeper;
  readonly tabs: Tabs;
  /** Whether a browser keeps the session, who may have refused. */
  readonly isInCookies: boolean;
  readonly origins: ReadonlySet<string>;
  readonly emit: SessionListener;
}

/** The ways in which sessions hear of what others did. */
interface Informed {
  /** Another tab has changed the session: what was known of it counts no more. */
  drop(change: SessionChange): void;
  /** The keeper was told by the service that the session is over. */
  lose(): void;
}

/** A session is asked for no more often than this. */
const sessionAgeMs = 60_000;

/** Makes the session of a client. */
export function createSessions(options: SessionsOptions): Sessions & Informed {
  const { transport, keeper, tabs, emit } = options;
  let known: { of: string; at: number; session: Promise<Session> } | undefined;
  /** Whether somebody is signed in, as far as is known here. */
  let isIn = false;
  /** The number of changes so far: what is found out about a session says nothing of the next. */
  let changes = 0;

  function drop(to: SessionChange): void {
    changes += 1;
    known = undefined;
    isIn = to === "signed_in";
  }

  function change(to: SessionChange): void {
    drop(to);
    tabs.announce(to);
    emit(to);
  }

  async function forget(): Promise<void> {
    await keeper.forget();
    change("signed_out");
  }

  const send: Sessions["send"] = async (method, path, sent) => {
    sent?.signal?.throwIfAborted();
    const headers = await abortable(keeper.headers(), sent?.signal);
    if (!headers) throw new PorticoError("signed_out");
    const before = changes;
    try {
      return await transport.send(method, path, { ...sent, headers });
    } catch (error) {
      if (!isPorticoError(error, ...refusals)) throw error;
      const others = await abortable(keeper.renew(headers), sent?.signal);
      if (others) return transport.send(method, path, { ...sent, headers: others });
      if (isIn && before === changes) await forget();
      throw error;
    }
  };

  function ask(of: string): Promise<Session> {
    const session = send("get", "/v1/session") as Promise<Session>;
    const asked = { of, at: Date.now(), session };
    known = asked;
    session.then(
      () => {
        if (known === asked) isIn = true;
      },
      () => {
        if (known === asked) known = undefined;
      },
    );
    return session;
  }

  async function session({ signal }: CallOptions = {}): Promise<Session | undefined> {
    const headers = await abortable(keeper.headers(), signal);
    if (!headers) return undefined;
    const [of = ""] = Object.values(headers);
    const isFresh = known?.of === of && Math.abs(Date.now() - known.at) < sessionAgeMs;
    return abortable(isFresh && known ? known.session : ask(of), signal).catch((error) => {
      if (isPorticoError(error, "signed_out", ...refusals)) return undefined;
      throw error;
    });
  }

  return {
    asking: keeper.asking,
    send,
    session,
    forget,
    fetch: createSessionFetch(options),
    drop,
    lose: () => change("signed_out"),
    async start(end) {
      await keeper.start(end);
      drop("signed_out");
      // One that cannot be asked for now has begun all the same.
      const isKept = !options.isInCookies || (await session().catch(() => true));
      if (!isKept) throw new PorticoError("cookies_blocked");
      isIn = true;
      tabs.announce("signed_in");
      emit("signed_in");
    },
    end: ({ signal } = {}) => keeper.end(() => change("signed_out"), signal),
  };
}

/** Makes a `fetch` that sends the session along, to the origins that it was told and to no other. */
function createSessionFetch({ transport, keeper, origins }: SessionsOptions): Fetch {
  return async (input, init) => {
    const url = typeof input === "string" ? new URL(input, globalThis.location?.href) : input;
    const request = new Request(url as Request, init);
    const { origin } = new URL(request.url);
    if (!origins.has(origin)) {
      const message = `${origin} is not among \`origins\`: it is sent no session.`;
      throw new PorticoError("origin_not_listed", { message });
    }
    const { signal } = request;
    const headers = await abortable(keeper.headers(), signal);
    if (!headers) return transport.fetch(request);
    const answer = await transport.fetch(withSession(request.clone() as Request, headers));
    if (answer.status !== 401 || asksForMore(answer)) return answer;
    const others = await abortable(keeper.renew(headers), signal);
    return others ? transport.fetch(withSession(request, others)) : answer;
  };
}

function withSession(request: Request, session: SessionHeaders): Request {
  const isInCookies = "Portico-Session" in session;
  const sent = new Request(request, isInCookies ? { credentials: "include" } : {});
  for (const [name, value] of Object.entries(session)) sent.headers.set(name, value);
  return sent;
}

/** Tells whether an API wants something else than a token that has not expired, such as a new sign-in (RFC 9470). */
function asksForMore({ headers }: Response): boolean {
  const error = /error="?(\w+)/.exec(headers.get("WWW-Authenticate") ?? "")?.[1];
  return error !== undefined && error !== "invalid_token";
}
