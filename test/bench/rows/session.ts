import type { ServerState } from "../answers.ts";
import { type Child, startChild } from "../child.ts";
import { type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { busy, loadProcessor, loadServer, serverProcessor, startLoad } from "../load-server.ts";
import { type Contender, runInRounds } from "../measure.ts";

/** How verbose the service is, and how many times the requests a second of bare Hono it then has to answer. */
const services = [
  { logLevel: "silent", what: "log silent", atLeast: 0.65 },
  { logLevel: "info", what: "with its log", atLeast: 0.55 },
] as const;

const rounds = { rounds: 60, warmUps: 6, enoughMs: 80_000 };

/** `GET /v1/session` of the whole service with one token again and again, against a route of bare Hono in the same process. */
export const session: Row = {
  name: "session",
  async measure(fixturePath) {
    const rig = await startRig(fixturePath);
    const slices = await runInRounds(
      services.flatMap(({ logLevel }) => [
        rig.load(logLevel, "/v1/session"),
        rig.load(logLevel, "/bare"),
      ]),
      rounds,
    );
    rig.stop();
    return services.map(({ logLevel, what, atLeast }) => {
      const ours = slices(contenderName(logLevel, "/v1/session"));
      const theirs = slices(contenderName(logLevel, "/bare"));
      return ratioFigure({
        work: `GET /v1/session, the whole service on Node, ${what}`,
        against: "bare Hono route, same server",
        bar: { kind: "at least", value: atLeast },
        ours,
        theirs,
        judged: "processorMs",
        remark: `servers ${busy(ours)} and ${busy(theirs)} busy`,
      });
    });
  },
};

function contenderName(logLevel: string, path: string): string {
  return `${path} (${logLevel})`;
}

/** Starts what all share: the keys, the load, and a process for each verbosity. */
async function startRig(fixturePath: string) {
  const [token = ""] = (await readFixture(fixturePath)).tokens;
  const keys = startChild({
    script: "test/bench/processes/keys-server.ts",
    args: [fixturePath],
    processor: loadProcessor,
  });
  const { port } = await keys.ask<ServerState>();
  const keysUri = `http://127.0.0.1:${port}/.well-known/jwks.json`;
  const load = startLoad();
  const servers = new Map<string, Child>(
    services.map(({ logLevel }) => [
      logLevel,
      startChild({
        script: "test/bench/processes/session-server.ts",
        args: [fixturePath, keysUri, JSON.stringify({ LOG_LEVEL: logLevel })],
        processor: serverProcessor,
      }),
    ]),
  );
  return {
    load(logLevel: string, path: string): Contender {
      const server = servers.get(logLevel);
      if (!server) throw new Error(`There is no service whose log is ${logLevel}.`);
      const request = { kind: "route", path, token } as const;
      return {
        name: contenderName(logLevel, path),
        run: () => loadServer({ server: () => server.ask(), load, request }),
      };
    },
    stop() {
      for (const child of [keys, load, ...servers.values()]) child.stop();
    },
  };
}
