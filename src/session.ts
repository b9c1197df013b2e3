import { createJweSeal } from "./adapters/jwe/index.ts";
import { systemClock } from "./adapters/system/clock.ts";
import {
  createSessionReader,
  type FoundSession,
  type ReadSession,
} from "./http/session/reading/session-reader.ts";
import type { SessionReading } from "./http/session/reading/session-reading.ts";
import { createSessionRenewal } from "./http/session/reading/session-renewal.ts";
import { requestCookies, type SessionRequest } from "./http/session/reading/session-request.ts";
import { sessionSecrets } from "./http/session/reading/session-secrets.ts";

export type {
  RenewalDue,
  SessionReading,
  SessionUnavailable,
  SessionUser,
  SignedIn,
  SignedOut,
} from "./http/session/reading/session-reading.ts";
export type { SessionRequest } from "./http/session/reading/session-request.ts";

/** The options of {@link readSession}. */
export interface SessionOptions {
  /**
   * `SESSION_SECRETS` as the service has it: one or several with commas between, or a list, the newest first. Cookies that
   * an older one sealed open, and are sealed anew.
   */
  readonly secrets: string | readonly string[] | undefined;
  /**
   * The base of the service, as this process reaches it, such as `http://127.0.0.1:8080`. With it a session whose access
   * token is over is renewed there; without it the reading says `renewal_due`.
   */
  readonly serviceUrl?: string | undefined;
  /**
   * The site's address as browsers know it, as `RESOURCE_URL` has it: where something in front ends TLS, or names another
   * host. @default that of the request
   */
  readonly publicUrl?: string | undefined;
  /**
   * The address of the browser, which the service is told as `X-Forwarded-For`: it counts by it where `TRUSTED_PROXIES`
   * names this process. @default this process is counted
   */
  readonly callerAddress?: string | undefined;
  /** As `SESSION_ABSOLUTE_SECONDS`. @default 30 days */
  readonly absoluteSeconds?: number;
  /** As `SESSION_IDLE_SECONDS`. @default 7 days */
  readonly idleSeconds?: number;
  /** The time that the service may take to renew a session, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
  /** @default the runtime's `fetch` */
  readonly fetch?: typeof fetch;
  /** @default the system's clock */
  readonly clock?: { now(): number };
}

/**
 * Reads whose session a request to a server-rendered application comes with, on the host of the service. While the access
 * token lives nobody is asked; that it was revoked meanwhile is known to the service alone.
 *
 * Nothing that cookies hold has it throw: a session that does not open is `signed_out`.
 *
 * @throws {TypeError} the options are no use, above all the secrets: the message says which, and never their value
 * @throws {Error} at `serviceUrl` is no such service, or one that seals with other secrets
 * @example
 * const session = await readSession(request, { secrets: settings.SESSION_SECRETS });
 * if (session.status === "signed_in") greet(session.user.username);
 */
export async function readSession(
  request: SessionRequest,
  options: SessionOptions,
): Promise<SessionReading> {
  const { reading } = await find(request, options);
  if (reading.status !== "renewal_due" || options.serviceUrl === undefined) return reading;
  return renewSession(request, { ...options, serviceUrl: options.serviceUrl });
}

/**
 * Has the service renew the session of a request, whether or not its access token is over: the new cookies are in
 * `setCookies`, and the answer to the request has to set them, as the old ones may be worth nothing any more.
 *
 * @throws as {@link readSession}
 */
export async function renewSession(
  request: SessionRequest,
  options: SessionOptions & { readonly serviceUrl: string },
): Promise<SessionReading> {
  const { serviceUrl: url, callerAddress, publicUrl, timeoutMs = 5000 } = options;
  if (!/^https?:\/\/[^?#]+$/.test(url) || !URL.canParse(url)) {
    throw new TypeError("serviceUrl has to be the http(s) address of the service, without query.");
  }
  if (callerAddress !== undefined && !/^[\da-f.:]{2,45}$/i.test(callerAddress)) {
    throw new TypeError("callerAddress has to be one IP address.");
  }
  const { fetch: send = (...input) => fetch(...input) } = options;
  const renew = createSessionRenewal(readerOf(options), { url, fetch: send, timeoutMs });
  const found = await find(request, options);
  return renew(requestCookies(request, publicUrl), found, callerAddress);
}

function find(request: SessionRequest, options: SessionOptions): Promise<FoundSession> {
  const { publicUrl } = options;
  if (publicUrl !== undefined && !/^https?:\/\/./.test(publicUrl)) {
    throw new TypeError("publicUrl has to be the http(s) address of the site.");
  }
  return readerOf(options)(requestCookies(request, publicUrl));
}

/** The readers, by the clocks that they go by: each keeps the sessions that it opened. */
const readers = new WeakMap<object, Map<string, ReadSession>>();

/** The most readers of one clock: an application has one, and one with each value of a setting that it tries. */
const maxReaders = 16;

const daySeconds = 86_400;

function readerOf(options: SessionOptions): ReadSession {
  const { absoluteSeconds = 30 * daySeconds, idleSeconds = 7 * daySeconds } = options;
  const { clock = systemClock } = options;
  const secrets = sessionSecrets(options.secrets);
  const lives = { absoluteSeconds, idleSeconds };
  if (Object.values(lives).some((seconds) => !(seconds > 0))) {
    throw new TypeError("absoluteSeconds and idleSeconds have to be more than 0.");
  }
  const ofClock = readers.get(clock) ?? new Map<string, ReadSession>();
  readers.set(clock, ofClock);
  const key = [absoluteSeconds, idleSeconds, ...secrets].join();
  const known = ofClock.get(key);
  if (known) return known;
  const reader = createSessionReader({ seal: createJweSeal({ secrets }), lives, clock });
  if (ofClock.size >= maxReaders) ofClock.clear();
  ofClock.set(key, reader);
  return reader;
}
