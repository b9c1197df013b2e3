import { type Operation, operations } from "../fuzz/document.ts";

/** Someone who is signed in, as their client keeps them. */
export interface Session {
  readonly username: string;
  /** The address that they call from. */
  readonly address: string;
  accessToken: string;
  refreshToken: string;
}

/** All that the clients of a service have seen. */
export interface Sightings {
  requests: number;
  /** A refusal that says a session had ended which nobody ended, or a password to be wrong that is right. */
  readonly falseSignOuts: string[];
  /** An answer that the document does not declare for the operation, or a fault that nothing explains. */
  readonly undeclared: string[];
  /** Requests that got no answer at all. */
  unanswered: number;
  /** How many answers there were, by operation and status. */
  readonly answers: Map<string, number>;
  /** How long the good answers took, by operation, in milliseconds. */
  readonly latencies: Map<string, number[]>;
}

/** The clients of a service. */
export interface Clients {
  readonly sightings: Sightings;
  /** Gives the session of a user, or nothing where the service could not sign them in this time. */
  signIn(username: string, address: string): Promise<Session | undefined>;
  /** Tells whether it came to a good end; a session that is told to be over is `lost`. */
  refresh(session: Session): Promise<"refreshed" | "failed" | "lost">;
  getSession(session: Session): Promise<void>;
  getProfile(session: Session): Promise<void>;
}

export const password = "Correct-Horse-7";

/** The most findings of a kind that are kept: the first. */
const mostTold = 50;

export function createSightings(): Sightings {
  return {
    requests: 0,
    falseSignOuts: [],
    undeclared: [],
    unanswered: 0,
    answers: new Map(),
    latencies: new Map(),
  };
}

/** Makes clients that hold every answer against the document, and against what they know to be true. */
export function createClients(url: string, sightings = createSightings()): Clients {
  async function ask(operationId: string, address: string, init: RequestInit) {
    const operation = operationOf(operationId);
    const startedAt = performance.now();
    sightings.requests += 1;
    try {
      const headers = { "x-forwarded-for": address, "cf-connecting-ip": address, ...init.headers };
      const { method, path } = operation;
      const response = await fetch(`${url}${path}`, { ...init, method, headers });
      const text = await response.text();
      see(operation, response, text, performance.now() - startedAt);
      return { status: response.status, text };
    } catch {
      sightings.unanswered += 1;
      return { status: 0, text: "" };
    }
  }

  function see(operation: Operation, { status, headers }: Response, text: string, tookMs: number) {
    const key = `${operation.operationId} ${status}`;
    sightings.answers.set(key, (sightings.answers.get(key) ?? 0) + 1);
    if (status < 300) {
      const latencies = sightings.latencies.get(operation.operationId) ?? [];
      sightings.latencies.set(operation.operationId, latencies);
      latencies.push(tookMs);
    }
    const faults = operation.faultsOf({ status, headers, text });
    if (status === 500) note(sightings.undeclared, `${key}: ${text}`);
    for (const fault of faults) note(sightings.undeclared, `${key}: ${fault}`);
    if (status === 401) note(sightings.falseSignOuts, `${key}: ${text}`);
  }

  const bearer = ({ accessToken }: Session) => ({
    headers: { authorization: `Bearer ${accessToken}` },
  });

  return {
    sightings,
    async signIn(username, address) {
      const { status, text } = await ask("signIn", address, json({ username, password }));
      if (status !== 200) return undefined;
      const { tokens } = JSON.parse(text);
      const { access_token: accessToken, refresh_token: refreshToken } = tokens;
      return { username, address, accessToken, refreshToken };
    },
    async refresh(session) {
      const body = { refresh_token: session.refreshToken };
      const { status, text } = await ask("refreshTokens", session.address, json(body));
      if (status !== 200) return status === 401 ? "lost" : "failed";
      const { tokens } = JSON.parse(text);
      session.accessToken = tokens.access_token;
      session.refreshToken = tokens.refresh_token ?? session.refreshToken;
      return "refreshed";
    },
    getSession: async (session) => void (await ask("getSession", session.address, bearer(session))),
    getProfile: async (session) => void (await ask("getProfile", session.address, bearer(session))),
  };
}

function note(findings: string[], finding: string): void {
  if (findings.length < mostTold) findings.push(finding.slice(0, 300));
}

function json(body: unknown): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function operationOf(operationId: string): Operation {
  const found = operations.find((operation) => operation.operationId === operationId);
  if (!found) throw new Error(`no operation ${operationId}`);
  return found;
}

/** Does something for each, so many at once. */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) await work(item, index);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** The addresses are of a network that is set aside for tests (RFC 2544). */
export function addressOf(index: number): string {
  return `198.${18 + ((index >> 16) & 1)}.${(index >> 8) & 255}.${index & 255}`;
}
