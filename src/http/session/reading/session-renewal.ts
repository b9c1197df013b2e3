import { cookieHeaderOf, readSessionCookies, sessionCookieLines } from "../session-cookies.ts";
import { sessionHeader } from "../session-header.ts";
import type { FoundSession, ReadSession } from "./session-reader.ts";
import type { SessionReading } from "./session-reading.ts";
import type { RequestCookies } from "./session-request.ts";

/** The service that renews sessions, and how it is asked. */
export interface SessionService {
  /** Its base, as this process reaches it. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/** Gets new tokens for the session of a request. */
export type RenewSession = (
  request: RequestCookies,
  found: FoundSession,
  callerAddress: string | undefined,
) => Promise<SessionReading>;

/**
 * Makes a function that has the service renew a session, with the session's own cookies and no others of the request.
 *
 * @throws {Error} from it: at the address is no service, or none that seals with these secrets
 */
export function createSessionRenewal(read: ReadSession, service: SessionService): RenewSession {
  return async ({ isSecure }, { reading, cookies }, callerAddress) => {
    const { session, access = "" } = cookies;
    if (session === undefined || reading.status === "signed_out") return reading;
    let answer: Response;
    try {
      answer = await ask(service, cookieHeaderOf({ session, access }, isSecure), callerAddress);
    } catch (cause) {
      return { status: "unavailable", cause, setCookies: [] };
    }
    const outcome = judge(answer);
    if (outcome) return outcome;
    const setCookies = sessionCookieLines(answer.headers.getSetCookie(), isSecure);
    if (answer.status === 401) return { status: "signed_out", setCookies };
    return renewed(read, setCookies, isSecure);
  };
}

async function ask(
  { url, fetch: request, timeoutMs }: SessionService,
  cookie: string,
  callerAddress: string | undefined,
): Promise<Response> {
  const response = await request(`${url.replace(/\/+$/, "")}/v1/token/refresh`, {
    method: "POST",
    headers: {
      Cookie: cookie,
      [sessionHeader]: "cookie",
      // Said of itself by the site that the cookies are of: it is no page, and has no `Origin`.
      "Sec-Fetch-Site": "same-origin",
      ...(callerAddress !== undefined && { "X-Forwarded-For": callerAddress }),
    },
    // workerd knows no `redirect: "error"`, and what follows a redirect would get the cookies.
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  return response;
}

/** Judges an answer that is neither new tokens nor the end of the session. */
function judge({ status, headers }: Response): SessionReading | undefined {
  if (status === 204 || status === 401) return undefined;
  const cause = new Error(`The service answered the renewal of a session with ${status}.`);
  // Trouble that passes. All else is the same the next time, and a matter of how both are set up.
  if (status !== 429 && (status < 500 || status === 501)) throw cause;
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  const retryAfterSeconds = Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined;
  return {
    status: "unavailable",
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    cause,
    setCookies: [],
  };
}

async function renewed(
  read: ReadSession,
  setCookies: readonly string[],
  isSecure: boolean,
): Promise<SessionReading> {
  const pairs = setCookies.filter((line) => !line.endsWith("; Max-Age=0"));
  const cookie = pairs.map((line) => line.slice(0, line.indexOf(";"))).join("; ");
  const { session } = readSessionCookies(cookie, isSecure);
  const { reading } = await read({ cookie, isSecure });
  if (reading.status === "signed_in") return { ...reading, setCookies };
  const reason =
    session === undefined ? "set no cookies of such a site" : "seals with other secrets";
  throw new Error(`The service that renewed a session ${reason}: see publicUrl and secrets.`);
}
