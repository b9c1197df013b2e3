import { createJweSeal } from "../../../src/adapters/jwe/index.ts";
import type { Ports } from "../../../src/ports/index.ts";
import {
  password,
  type Received,
  startService,
  type TestServiceOptions,
  username,
} from "../support.ts";

const origin = "http://localhost";

/** The headers that a page of the service's own sends along. */
export const ownPage = { Origin: origin, Host: "localhost" } as const;

const secrets = ["s".repeat(32)];

/** A service with sessions in cookies, whose time a test sets. */
export function startSessions({ ports: change, ...options }: TestServiceOptions = {}) {
  const clock = { time: Math.floor(Date.now() / 1000) * 1000, now: () => clock.time };
  let refreshes = 0;
  const service = startService({
    ...options,
    provider: { clock, ...options.provider },
    ports: (ports) => {
      const changed: Ports = { ...ports, ...change?.(ports) };
      const { identity } = changed;
      const refresh: Ports["identity"]["refresh"] = (input) => {
        refreshes += 1;
        return identity.refresh(input);
      };
      return {
        seal: createJweSeal({ secrets }),
        ...changed,
        identity: { ...identity, refresh },
      };
    },
  });
  return { ...service, clock, refreshes: () => refreshes };
}

/** The cookies that an answer sets, whole. */
export function setCookies({ headers }: Received): readonly string[] {
  return headers.getSetCookie();
}

/** A browser, as far as its cookies go: it keeps those that it is given, and sends them with the header. */
export function createBrowser(
  service: Pick<ReturnType<typeof startSessions>, "send">,
  page: Readonly<Record<string, string>> = ownPage,
) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(
    method: string,
    target: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Received> {
    const answer = await service.send(method, target, {
      ...(body !== undefined && { body }),
      headers: {
        "Portico-Session": "cookie",
        ...page,
        ...(jar.size > 0 && { Cookie: cookie() }),
        ...headers,
      },
    });
    for (const line of setCookies(answer)) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  const signIn = () => send("POST", "/v1/sign-in", { username, password });
  return { send, jar, cookie, signIn };
}
