import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import {
  createDurableObjectRevocationList,
  createKvRevocationList,
} from "../../src/adapters/cloudflare/index.ts";
import { createRedisRevocationList } from "../../src/adapters/redis/index.ts";
import { isIdentityError } from "../../src/domain/errors.ts";
import type { RevocationList } from "../../src/ports/index.ts";

/** The longest that any call of any adapter may take, in milliseconds. */
const longestMs = 5000;

const never = () => new Promise<never>(() => undefined);

/** Listens, takes what comes and never says a word; gives the port. */
async function listenInSilence(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const silentLists: Record<string, () => Promise<RevocationList>> = {
  async Redis() {
    const list = createRedisRevocationList({ url: `redis://127.0.0.1:${await listenInSilence()}` });
    onTestFinished(list.close);
    return list;
  },
  KV: async () => createKvRevocationList({ namespace: { put: never, list: never } }),
  "a Durable Object": async () =>
    createDurableObjectRevocationList({
      namespace: { idFromName: (name) => name, get: () => ({ fetch: never }) },
    }),
};

test.each(Object.entries(silentLists))(
  "%s that never answers is given up within five seconds",
  async (_, start) => {
    const list = await start();
    const until = Date.now() / 1000 + 60;
    const revocation = { kind: "session", issuer: "https://a.b", sessionId: "1", until } as const;
    const begun = performance.now();

    const codes = await Promise.all(
      [list.add(revocation), list.read()].map((call) =>
        call.then(
          () => "done",
          (error: unknown) => (isIdentityError(error) ? error.code : error),
        ),
      ),
    );

    expect(codes).toEqual(["provider_unavailable", "provider_unavailable"]);
    expect(performance.now() - begun).toBeLessThan(longestMs);
  },
);
