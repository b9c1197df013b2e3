import type { ServerState } from "../answers.ts";
import { type Child, startChild } from "../child.ts";
import { digits, type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { busy, loadProcessor, loadServer, serverProcessor, startLoad } from "../load-server.ts";
import { type Contender, compare, runInRounds, type Slice } from "../measure.ts";

interface LoadedRoute {
  readonly name: string;
  readonly script: string;
  readonly path: string;
}

const protectedPath = "/protected";
const porticoServer = "test/bench/processes/portico-server.ts";
const portico = { name: "Portico", script: porticoServer, path: protectedPath };
/** The same as a middleware, shown beside each figure: to what other routes share it has to be one. */
const middleware = { name: "Portico, middleware", script: porticoServer, path: "/middleware" };
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

const rounds = { rounds: 60, warmUps: 6, enoughMs: 125_000 };

/**
 * One token again and again, against a route on Node over loopback. Counted are the answers per second of the server's
 * processor time, which is its requests a second where it has a processor to itself, and stays so where it has not.
 */
export const route: Row = {
  name: "route",
  async measure(fixturePath) {
    const rig = await startRig(fixturePath);
    const routes = [portico, middleware, ...opponents.map((opponent) => opponent.route)];
    const slices = await runInRounds(routes.map(rig.load), rounds);
    rig.stop();
    return opponents.map(({ route: { name }, atLeast }) =>
      ratioFigure({
        work: "protected route on Node, warm token",
        against: name,
        bar: { kind: "at least", value: atLeast },
        ours: slices(portico.name),
        theirs: slices(name),
        judged: "processorMs",
        remark: `${asMiddleware(slices, name)}; ${howBusy(slices, name)}`,
      }),
    );
  },
};

type SlicesOf = (name: string) => readonly Slice[];

function asMiddleware(slices: SlicesOf, opponent: string): string {
  const { ratio } = compare(slices(middleware.name), slices(opponent), "processorMs");
  return `${digits(ratio)} × as a middleware`;
}

/** The ratio by the clock counts only where the servers, and not the load, are the limit. */
function howBusy(slices: SlicesOf, opponent: string): string {
  return `servers ${busy(slices(portico.name))} and ${busy(slices(opponent))} busy`;
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
  const load = startLoad();
  return {
    load({ name, script, path }: LoadedRoute): Contender {
      const server = start(script, serverArgs, serverProcessor);
      return {
        name,
        run: () =>
          loadServer({ server: () => server.ask(), load, request: { kind: "route", path, token } }),
      };
    },
    stop() {
      for (const child of [load, ...children.values()]) child.stop();
    },
  };
}
