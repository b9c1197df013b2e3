import { layLine } from "../support/line.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import type { RunningRuntime } from "../support/runtimes.ts";
import {
  addressOf,
  type Clients,
  createClients,
  forEachOf,
  password,
  type Session,
  type Sightings,
} from "./client.ts";
import type { OwnRedis, Upstream } from "./places.ts";
import { startSoaked } from "./places.ts";

/** The outcome for sessions of one outage. */
export interface Outage {
  readonly name: string;
  readonly sessions: number;
  /** Those that could not be refreshed when all was well again. */
  readonly lost: number;
  readonly sightings: Sightings;
}

const atOnce = 32;
const tries = 20;
/** The time between two tries, in milliseconds. */
const pauseMs = 500;
/** The tries while nothing can be refreshed, of each session. */
const outageRounds = 2;

/** Takes sessions on Cognito through throttling, and through a Redis that is killed and comes back empty. */
export async function outagesOnCognito(
  upstream: Upstream,
  redis: OwnRedis,
  count: number,
): Promise<readonly Outage[]> {
  const service = await startSoaked("node", { ...upstream.environment, ...sharing(redis) });
  try {
    const usernames = upstream.usernames.slice(0, count);
    const throttling = {
      name: "nine in ten calls throttled",
      begin: () => upstream.setFaults([{ kind: "throttling", rate: 0.9 }]),
      end: () => upstream.setFaults([]),
    };
    const emptied = {
      name: "Redis killed, and back empty",
      begin: () => redis.kill(),
      end: () => redis.start(),
    };
    return [
      await takeThrough(service, usernames, throttling),
      await takeThrough(service, usernames, emptied),
    ];
  } finally {
    await service.stop();
  }
}

/** Takes sessions on Better Auth through a PostgreSQL that stops, and comes back. */
export async function outageOnPostgres(postgresUrl: string, count: number): Promise<Outage> {
  const database = await createPostgresDatabase(postgresUrl);
  const line = await layLine(database.url);
  const address = new URL(database.url);
  address.host = new URL(line.url).host;
  const service = await startSoaked("node", {
    IDENTITY_PROVIDER: "better-auth",
    DATABASE_URL: address.href,
    BETTER_AUTH_SECRET: "a-secret-of-the-soak-test-0123456789",
    BETTER_AUTH_PRINT_CODES: "true",
    RATE_LIMITS: "off",
  });
  try {
    const usernames = Array.from({ length: count }, (_, index) => `user-${index}@example.com`);
    await forEachOf(usernames, 4, (username) => signUp(service, username));
    return await takeThrough(service, usernames, {
      name: "PostgreSQL stopped, and back",
      begin: () => line.cut(),
      end: () => line.mend(),
    });
  } finally {
    await service.stop();
    await line.cut();
    await database.drop();
  }
}

interface Event {
  readonly name: string;
  begin(): Promise<void>;
  end(): Promise<void>;
}

async function takeThrough(
  service: RunningRuntime,
  usernames: readonly string[],
  { name, begin, end }: Event,
): Promise<Outage> {
  const clients = createClients(service.url);
  const sessions = await signInAll(clients, usernames);
  await forEachOf(sessions, atOnce, clients.getSession);
  await begin();
  for (let round = 0; round < outageRounds; round++)
    await forEachOf(sessions, atOnce, async (session) => {
      await clients.getSession(session);
      await clients.refresh(session);
    });
  await end();
  let lost = 0;
  await forEachOf(sessions, atOnce, async (session) => {
    if ((await refreshAtLast(clients, session)) !== "refreshed") lost += 1;
    else await clients.getSession(session);
  });
  return { name, sessions: sessions.length, lost, sightings: clients.sightings };
}

/** Signs everybody in, each from an address of their own, however often it takes. */
export async function signInAll(
  clients: Clients,
  usernames: readonly string[],
): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  await forEachOf(usernames, atOnce, async (username, index) => {
    for (let count = 0; count < tries; count++) {
      const session = await clients.signIn(username, addressOf(index));
      if (session) return void sessions.push(session);
      await pause();
    }
    throw new Error(`nobody could sign ${username} in`);
  });
  return sessions;
}

/** Refreshes as a patient client does: until it is done, or told that there is nothing to refresh. */
export async function refreshAtLast(clients: Clients, session: Session) {
  for (let count = 0; count < tries; count++) {
    const outcome = await clients.refresh(session);
    if (outcome !== "failed") return outcome;
    await pause();
  }
  return "failed";
}

async function signUp(service: RunningRuntime, username: string): Promise<void> {
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const { status } = await fetch(`${service.url}${path}`, init);
    if (status >= 300) throw new Error(`${path} was answered with ${status}`);
  };
  await post("/v1/sign-up", { username, password, attributes: { email: username } });
  await post("/v1/sign-up/confirm", { username, code: await printedCode(service, username) });
}

/** The code that the service printed for a user, as there is nobody to send it. */
async function printedCode(service: RunningRuntime, username: string): Promise<string> {
  for (let count = 0; count < tries; count++) {
    const output = service.output();
    const at = output.lastIndexOf(` to ${username}: `);
    const code = at < 0 ? null : /: (\d+)\n/.exec(output.slice(at, at + 200));
    if (code?.[1] !== undefined) return code[1];
    await pause();
  }
  throw new Error(`no code was printed for ${username}`);
}

function sharing(redis: OwnRedis): Readonly<Record<string, string>> {
  return {
    SHARED_STATE: "redis",
    REDIS_URL: redis.url,
    ACCOUNT_HASH_SECRET: "a-hash-secret-of-the-soak-test-0123456789",
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
