import type { ServerState } from "../answers.ts";
import { startChild } from "../child.ts";
import { digits, type Figure, type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { busy, loadProcessor, loadServer, serverProcessor, startLoad } from "../load-server.ts";
import { compare, type Measure, runInRounds } from "../measure.ts";
import { startWorkerServer, tellsProcessorTime } from "../worker-server.ts";

/** A runtime's own server, with the routes that are measured. */
interface Server {
  readonly state: () => Promise<ServerState>;
  readonly stop: () => unknown;
}

interface Place {
  readonly runtime: string;
  /** How many times the requests a second of the bare route the protected one has to answer. */
  readonly atLeast: number;
  readonly judged: Measure;
  start(fixturePath: string, keysUri: string): Promise<Server>;
}

const places: readonly Place[] = [
  { runtime: "Bun", atLeast: 0.87, judged: "processorMs", start: webServer("bun") },
  { runtime: "Deno", atLeast: 0.87, judged: "processorMs", start: webServer("deno") },
  {
    runtime: "workerd",
    atLeast: 0.82,
    judged: tellsProcessorTime ? "processorMs" : "clockMs",
    start: workerServer,
  },
];

const rounds = { rounds: 60, warmUps: 6, enoughMs: 60_000 };

/** As the row `route`, on the other runtimes: against the bare route, and on workerd against the middleware as well. */
export const routeElsewhere: Row = {
  name: "route-elsewhere",
  async measure(fixturePath) {
    const figures: Figure[] = [];
    for (const place of places) figures.push(...(await measureOn(place, fixturePath)));
    return figures;
  },
};

async function measureOn(place: Place, fixturePath: string): Promise<readonly Figure[]> {
  const [token = ""] = (await readFixture(fixturePath)).tokens;
  const script = "test/bench/processes/keys-server.ts";
  const keys = startChild({ script, args: [fixturePath], processor: loadProcessor });
  const { port } = await keys.ask<ServerState>();
  const server = await place.start(fixturePath, `http://127.0.0.1:${port}/.well-known/jwks.json`);
  const load = startLoad();
  const paths = ["/protected", "/middleware", "/bare", "/header", "/by-hand"];
  const contenders = paths.map((path) => ({
    name: path,
    run: () => loadServer({ server: server.state, load, request: { kind: "route", path, token } }),
  }));
  const slices = await runInRounds(contenders, rounds);
  for (const child of [load, keys]) child.stop();
  await server.stop();

  const { runtime, atLeast, judged } = place;
  const ofBare = (path: string) => digits(compare(slices(path), slices("/bare"), judged).ratio);
  const against = (opponent: string, path: string, value: number, remark: string) =>
    ratioFigure({
      work: `protected route on ${runtime}, warm token`,
      against: opponent,
      bar: { kind: "at least", value },
      ours: slices("/protected"),
      theirs: slices(path),
      judged,
      remark: `${remark}; servers ${busy(slices("/protected"))} and ${busy(slices(path))} busy`,
    });
  return [
    against(
      "bare Hono route, same server",
      "/bare",
      atLeast,
      `${ofBare("/middleware")} × as a middleware; ${ofBare("/header")} × where the header is read and nothing else, ${ofBare("/by-hand")} × where the token is looked up in a map by hand`,
    ),
    ...(runtime === "workerd"
      ? [against("the same as a middleware", "/middleware", 1, "a handler is one step less")]
      : []),
  ];
}

function webServer(runtime: "bun" | "deno"): Place["start"] {
  return async (fixturePath, keysUri) => {
    const child = startChild({
      script: "test/bench/processes/portico-web-server.ts",
      args: [fixturePath, keysUri],
      runtime,
      processor: serverProcessor,
    });
    return { state: () => child.ask<ServerState>(), stop: () => child.stop() };
  };
}

async function workerServer(fixturePath: string, keysUri: string): Promise<Server> {
  const { issuer, clientId } = await readFixture(fixturePath);
  const bindings = { ISSUER: issuer, CLIENT_ID: clientId, KEYS_URI: keysUri };
  return startWorkerServer("test/bench/processes/portico-worker.ts", bindings, serverProcessor);
}
