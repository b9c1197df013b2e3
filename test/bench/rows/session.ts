import { type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { busy } from "../load-server.ts";
import { runInRounds } from "../measure.ts";
import { startSessionServers } from "../session-servers.ts";

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
    const [token = ""] = (await readFixture(fixturePath)).tokens;
    const { contender, stop } = await startSessionServers(
      fixturePath,
      Object.fromEntries(services.map(({ logLevel }) => [logLevel, { LOG_LEVEL: logLevel }])),
    );
    const slices = await runInRounds(
      services.flatMap(({ logLevel }) =>
        ["/v1/session", "/bare"].map((path) =>
          contender(contenderName(logLevel, path), logLevel, { kind: "route", path, token }),
        ),
      ),
      rounds,
    );
    stop();
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
