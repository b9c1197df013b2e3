import { createJweSeal } from "../../../src/adapters/jwe/index.ts";
import type { BrowserAccess, BrowserSession } from "../../../src/domain/browser-session.ts";
import { sealPurposes } from "../../../src/domain/use-cases/browser-sessions/opened-sessions.ts";
import { digits, type Figure, type Row, ratioFigure } from "../figure.ts";
import { type Fixture, readFixture } from "../fixture.ts";
import { busy } from "../load-server.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";
import type { RequestKind } from "../requests.ts";
import { startSessionServers } from "../session-servers.ts";

const secret = "seals-the-cookies-of-the-benchmark";
const quiet = { LOG_LEVEL: "silent", SESSION_SECRETS: secret };

/** The service with something more to do for a request than with nothing but a token to look at. */
const services = {
  plain: { ...quiet, RATE_LIMITS: "off" },
  limited: { ...quiet, RATE_LIMITS: "on" },
  metrics: { ...quiet, RATE_LIMITS: "off", METRICS: "on" },
} as const;

const rounds = { rounds: 60, warmUps: 6, enoughMs: 80_000 };

/** The price of limits, of metrics and of a browser's session on `GET /v1/session` of the whole service. */
export const sessionExtras: Row = {
  name: "session-extras",
  async measure(fixturePath) {
    const fixture = await readFixture(fixturePath);
    const { contender, stop } = await startSessionServers(fixturePath, services);
    const byToken: RequestKind = { kind: "route", path: "/v1/session", token: tokenOf(fixture) };
    const byCookie: RequestKind = {
      kind: "get",
      path: "/v1/session",
      headers: await cookieHeaders(fixture),
    };
    const slices = await runInRounds(
      [
        contender("plain", "plain", byToken),
        contender("again", "plain", byToken),
        contender("limited", "limited", byToken),
        contender("metrics", "metrics", byToken),
        contender("cookie", "plain", byCookie),
      ],
      rounds,
    );
    stop();
    return figures(slices);
  },
};

function figures(slices: (name: string) => readonly Slice[]): readonly Figure[] {
  const plain = slices("plain");
  const work = "GET /v1/session, the whole service on Node";
  const ratio = (name: string, what: string, value: number) =>
    ratioFigure({
      work: `${work}, ${what}`,
      against: "the same without, by token",
      bar: { kind: "at least", value },
      ours: slices(name),
      theirs: plain,
      judged: "processorMs",
      remark: `servers ${busy(slices(name))} and ${busy(plain)} busy`,
    });
  return [
    ratio("metrics", "with metrics", 0.9),
    ratio("cookie", "by a browser session's cookie", 0.8),
    limitsFigure(`${work}, with limits`, slices),
  ];
}

/** The processor time that a request takes more, beside that which the same service takes more than itself. */
function limitsFigure(work: string, slices: (name: string) => readonly Slice[]): Figure {
  const plain = compare(slices("plain"), slices("plain"), "processorMs");
  const more = (name: string) => {
    const { ratio } = compare(slices(name), slices("plain"), "processorMs");
    return ((1 / ratio - 1) * 1_000_000) / plain.ours;
  };
  const { rounds, spread } = compare(slices("limited"), slices("plain"), "processorMs");
  return {
    work,
    against: "the same without",
    value: Math.max(0, more("limited")),
    unit: "µs",
    bar: { kind: "at most", value: 1 },
    rounds: { count: rounds, spread },
    remark: `the same service beside itself: ${digits(more("again"))} µs; spread as a ratio`,
  };
}

function tokenOf({ tokens: [token = ""] }: Fixture): string {
  return token;
}

/** The cookies that a browser has after a sign-in, as far as this route looks at them. */
async function cookieHeaders(fixture: Fixture): Promise<Readonly<Record<string, string>>> {
  const seal = createJweSeal({ secrets: [secret] });
  const now = Math.floor(Date.now() / 1000);
  const { issuer, clientId } = fixture;
  const id = crypto.randomUUID();
  const user = { subject: "a", username: "a", groups: [], issuer, clientId };
  const session: BrowserSession = {
    id,
    refreshToken: "r".repeat(1_800),
    startedAt: now,
    refreshedAt: now,
    isKept: false,
    user,
  };
  const access: BrowserAccess = { id, accessToken: tokenOf(fixture), expiresAt: now + 3_600 };
  const [sealedSession, sealedAccess] = [
    await seal.seal(sealPurposes.session, JSON.stringify(session)),
    await seal.seal(sealPurposes.access, JSON.stringify(access)),
  ];
  return {
    cookie: `portico=${sealedSession}; portico-access=${sealedAccess}`,
    "portico-session": "cookie",
    "sec-fetch-site": "same-origin",
  };
}
