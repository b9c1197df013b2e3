// Calls the Better Auth adapter over a database that it fills with users beforehand.
//   better-auth.ts <address of the database> <number of users> <number of sessions that one of them has>
import process from "node:process";
import { createBetterAuthIdentityProvider } from "../../../src/adapters/better-auth/index.ts";
import type { UserFilter } from "../../../src/domain/administration.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import {
  addSessions,
  addUsers,
  crowdPassword,
  quickHashing,
  somebody,
} from "../better-auth-crowd.ts";
import type { Slice } from "../measure.ts";

/** Calls that the adapter can be asked for. */
export type BetterAuthWork =
  | "get"
  | "email"
  | "sub"
  | "username"
  | "page"
  | "sign-in"
  | "refresh"
  | "sessions";

/** How long a slice is, in milliseconds. */
const sliceMs = 60;
const signedInUsers = 20;
const pageLimit = 60;

const [, , databaseUrl = "", userCount = "", sessionCount = ""] = process.argv;
const users = Number(userCount);
const { identity } = createBetterAuthIdentityProvider({
  databaseUrl,
  secret: "a secret of thirty-two characters",
  sendMessage: () => undefined,
  passwordHashing: quickHashing,
  // However busy the machine is, and be it with the start of the others.
  timeoutMs: 120_000,
});

// Its first call makes the tables.
await identity.listUsers({ limit: 1 });
await addUsers(databaseUrl, users);
const busiest = somebody(0);
await addSessions(databaseUrl, busiest.subject, Number(sessionCount));
const { accessToken } = await signIn(0);
const refreshTokens = await signInSome();
const cursors = await cursorsOfPages();

const works: Readonly<Record<BetterAuthWork, () => Promise<unknown>>> = {
  get: () => identity.getUser({ username: anyone().subject }),
  email: () => find("email", anyone().email),
  sub: () => find("sub", anyone().subject),
  username: () => find("username", anyone().subject),
  page: () => identity.listUsers({ limit: pageLimit, ...oneOf(cursors) }),
  "sign-in": () => signIn(anyNumber()),
  refresh: () => identity.refresh({ refreshToken: oneOf(refreshTokens) }),
  sessions: () => identity.listSessions({ accessToken, limit: 20 }),
};

const calls = new Map<unknown, () => Promise<unknown>>(Object.entries(works));

await answerQuestions(async (work): Promise<Slice> => {
  const call = calls.get(work);
  if (!call) throw new Error(`No work is called ${work}.`);
  const startedAt = performance.now();
  const processorBefore = processorMs();
  let count = 0;
  while (performance.now() - startedAt < sliceMs) {
    await call();
    count += 1;
  }
  const clockMs = performance.now() - startedAt;
  return { count, clockMs, processorMs: processorMs() - processorBefore };
});

async function find(field: UserFilter["field"], value: string): Promise<void> {
  const filter = { field, operator: "equals", value } as const;
  const { items } = await identity.listUsers({ limit: pageLimit, filter });
  if (items.length !== 1) throw new Error(`The ${field} ${value} finds ${items.length} users.`);
}

async function signIn(number: number) {
  const { email: username } = somebody(number);
  const result = await identity.signIn({ username, password: crowdPassword });
  if (result.status !== "signed_in") throw new Error(`A sign-in ends with ${result.status}.`);
  return result.tokens;
}

async function signInSome(): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < signedInUsers; index++) {
    const { refreshToken } = await signIn(anyNumber());
    tokens.push(refreshToken ?? "");
  }
  return tokens;
}

/** The beginnings of pages with somebody in them, from the first to the last of all users. */
async function cursorsOfPages(): Promise<readonly { readonly cursor?: string }[]> {
  const found: { readonly cursor?: string }[] = [];
  let next: { readonly cursor?: string } | undefined = {};
  while (next) {
    const { items, cursor } = await identity.listUsers({ limit: 500, ...next });
    if (items.length > 0) found.push(next);
    next = cursor === undefined ? undefined : { cursor };
  }
  return found;
}

function anyone() {
  return somebody(anyNumber());
}

/** Of anyone but the one who has so many sessions. */
function anyNumber(): number {
  return 1 + Math.floor(Math.random() * (users - 1));
}

function oneOf<T>(values: readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("There is none to choose from.");
  return value;
}
