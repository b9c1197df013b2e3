import type { ServerState } from "../answers.ts";
import { type Child, canPin, startChild } from "../child.ts";
import { digits, type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { type Contender, compare, quantile, runInRounds } from "../measure.ts";
import type { LoadRequest, LoadResult } from "../processes/load.ts";

interface LoadedRoute {
  readonly name: string;
  readonly script: string;
  readonly path: string;
}

const protectedPath = "/protected";
const porticoServer = "test/bench/processes/portico-server.ts";
const portico = { name: "Portico", script: porticoServer, path: protectedPath };
const peer = (name: string, server: string) => ({
  name,
  script: `tools/bench/servers/${server}.ts`,
  path: protectedPath,
});

/** What ours is held against, and how many times its requests a second ours has to answer. */
const opponents: readonly { readonly route: LoadedRoute; readonly atLeast: number }[] = [
  {
    route: { name: "bare Hono route, same server", script: porticoServer, path: "/bare" },
    atLeast: 0.85,
  },
  { route: peer("Hono + jose remote set", "hono-jose"), atLeast: 2.5 },
  { route: peer("Hono + aws-jwt-verify", "hono-aws-jwt-verify"), atLeast: 4.5 },
  { route: peer("Hono's own jwk", "hono-jwk"), atLeast: 15 },
  { route: peer("express-jwt + jwks-rsa", "express-jwt"), atLeast: 5 },
  { route: peer("Fastify + fast-jwt with cache", "fastify-fast-jwt"), atLeast: 0.95 },
];

const connections = 64;
const durationMs = 400;
const rounds = { rounds: 20, warmUps: 4 };

const serverProcessor = 0;
const loadProcessor = 1;

/**
 * One token again and again, against a route on Node over loopback. Counted are the answers per second of the server's
 * processor time, which is its requests a second where it has a processor to itself, and stays so where it has not.
 */
export const route: Row = {
  name: "route",
  async measure(fixturePath) {
    const rig = await startRig(fixturePath);
    const routes = [portico, ...opponents.map((opponent) => opponent.route)].map(rig.load);
    const samples = await runInRounds(routes, rounds);
    rig.stop();
    const [ours, ...theirs] = routes;
    return opponents.map(({ route: { name }, atLeast }, index) =>
      ratioFigure(
        "protected route on Node, warm token",
        name,
        { kind: "at least", value: atLeast },
        compare(samples(portico.name), samples(name)),
        describeClock(ours?.clock ?? [], theirs[index]?.clock ?? []),
      ),
    );
  },
};

/** What a slice was like by the clock on the wall. */
interface Slice {
  readonly rate: number;
  readonly busy: number;
}

/** A ratio counts only where the servers, and not the load, are the limit: both should be busy all the time. */
function describeClock(ours: readonly Slice[], theirs: readonly Slice[]): string {
  const rates = (slices: readonly Slice[]) => slices.slice(-rounds.rounds).map(({ rate }) => rate);
  const busy = (slices: readonly Slice[]) =>
    `${Math.round(
      quantile(
        slices.map((slice) => slice.busy),
        0.5,
      ) * 100,
    )} %`;
  const apart = canPin ? "" : ", not kept apart from the load";
  const { ratio } = compare(rates(ours), rates(theirs));
  return `${digits(ratio)} × by the clock, servers ${busy(ours)} and ${busy(theirs)} busy${apart}`;
}

/** Starts what all routes share: the keys, the load, and each server once. */
async function startRig(fixturePath: string) {
  const [token = ""] = (await readFixture(fixturePath)).tokens;
  const children = new Map<string, Child>();
  const start = (script: string, args: readonly string[], processor: number) => {
    const child = children.get(script) ?? startChild({ script, args, processor });
    children.set(script, child);
    return child;
  };
  const keys = start("test/bench/processes/keys-server.ts", [fixturePath], loadProcessor);
  const { port } = await keys.ask<ServerState>();
  const serverArgs = [fixturePath, `http://127.0.0.1:${port}/.well-known/jwks.json`];
  const load = start("test/bench/processes/load.ts", [], loadProcessor);
  return {
    load({ name, script, path }: LoadedRoute): Contender & { readonly clock: readonly Slice[] } {
      const server = start(script, serverArgs, serverProcessor);
      const clock: Slice[] = [];
      return { name, clock, run: () => runOnce(server, load, { path, token }, clock) };
    },
    stop() {
      for (const child of children.values()) child.stop();
    },
  };
}

async function runOnce(
  server: Child,
  load: Child,
  request: Pick<LoadRequest, "path" | "token">,
  clock: Slice[],
): Promise<number> {
  const before = await server.ask<ServerState>();
  const question: LoadRequest = { ...request, port: before.port, connections, durationMs };
  const { answered, elapsedMs } = await load.ask<LoadResult>(question);
  const processorMs = (await server.ask<ServerState>()).processorMs - before.processorMs;
  clock.push({ rate: answered / (elapsedMs / 1000), busy: processorMs / elapsedMs });
  return answered / (processorMs / 1000);
}
