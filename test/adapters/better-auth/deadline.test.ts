import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import {
  type BetterAuthIdentityProviderOptions,
  createBetterAuthIdentityProvider,
} from "../../../src/adapters/better-auth/index.ts";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import { describeWithPostgres } from "../../support/postgres.ts";
import { createPostgresDatabase } from "../../support/postgres-database.ts";
import {
  ada,
  outcomeOf,
  quickHashing,
  secret,
  sharedDatabase,
  signIn,
  startWithAdaOn,
} from "./support.ts";

/** The longest that anyone may wait, in milliseconds. */
const longestMs = 5000;

/** Starts a server that takes connections and hands on what comes, until it is told to hold it back. */
async function startRelay(target?: { readonly host: string; readonly port: number }) {
  const sockets = new Set<Socket>();
  let isStopped = target === undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (!target) return;
    const onward = connect(target);
    sockets.add(onward);
    onward.on("error", () => socket.destroy());
    socket.on("data", (chunk) => isStopped || onward.write(chunk));
    onward.on("data", (chunk) => isStopped || socket.write(chunk));
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      isStopped = true;
    },
    restart() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      isStopped = false;
    },
  };
}

/** Makes every call of a provider, with something that it takes for each input. */
function everyCall(
  identity: IdentityProvider,
  tokens: { accessToken: string; refreshToken: string },
) {
  const input = {
    ...ada,
    ...tokens,
    newPassword: "Battery-Staple-8",
    currentPassword: ada.password,
    code: "123456",
    attribute: "email",
    group: "everyone",
    enabled: [],
    isPermanent: true,
    limit: 10,
    sessionId: "another",
    session: "invented",
    answer: { type: "totp", code: "123456" },
  };
  const names = Object.keys(identity).filter((name) => !["capabilities", "clock"].includes(name));
  return Promise.all(
    names.map(async (name) => {
      const call: unknown = Reflect.get(identity, name);
      if (typeof call !== "function") throw new Error(`${name} is no method`);
      return [name, await outcomeOf(Reflect.apply(call, identity, [input]))] as const;
    }),
  );
}

function elapsed(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

function startOn(port: number, options: Partial<BetterAuthIdentityProviderOptions> = {}) {
  return createBetterAuthIdentityProvider({
    databaseUrl: `postgres://nobody@127.0.0.1:${port}/none`,
    secret,
    sendMessage: () => undefined,
    passwordHashing: quickHashing,
    ...options,
  });
}

test("a database that never says a word is waited for no longer than a caller would", async () => {
  const { port } = await startRelay();
  const { identity, keys } = startOn(port);
  const time = elapsed();

  const outcomes = await Promise.all([
    outcomeOf(identity.signIn(ada)),
    outcomeOf(identity.signUp(ada)),
    outcomeOf(identity.listUsers({ limit: 10 })),
    outcomeOf(keys.current()),
  ]);

  expect(outcomes).toEqual([...Array(3).fill("provider_timeout"), "keys_unavailable"]);
  expect(time()).toBeLessThan(longestMs);
}, 20_000);

describeWithPostgres("PostgreSQL that stops", (server) => {
  test("is answered for within five seconds, whatever is called", async () => {
    const { url, drop } = await createPostgresDatabase(server);
    const own = new URL(url);
    const relay = await startRelay({ host: own.hostname, port: Number(own.port) });
    const database = sharedDatabase(url, drop);
    const { provider } = await startWithAdaOn(database);
    const tokens = await signIn(provider);
    own.port = String(relay.port);
    const { identity, close } = startOn(relay.port, {
      databaseUrl: own.href,
      clock: database.clock,
    });
    await identity.getProfile(tokens);
    relay.stop();
    const time = elapsed();

    const outcomes = await everyCall(identity, tokens);

    expect(time()).toBeLessThan(longestMs);
    const others = outcomes.filter(([, outcome]) => outcome !== "provider_timeout");
    expect(Object.fromEntries(others)).toEqual({
      answerChallenge: "challenge_expired",
      resendChallengeCode: "challenge_expired",
      startPasskeyRegistration: "not_supported",
      finishPasskeyRegistration: "not_supported",
      listPasskeys: "not_supported",
      deletePasskey: "not_supported",
      // Told without the database.
      setUp: "done",
    });

    relay.restart();
    expect(await outcomeOf(identity.getProfile(tokens))).toBe("done");
    await close();
  }, 20_000);
});
