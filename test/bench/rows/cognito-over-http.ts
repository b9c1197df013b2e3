import type { ServerState } from "../answers.ts";
import { type Child, startChild } from "../child.ts";
import { type Figure, latencyFigure, type Row, ratioFigure } from "../figure.ts";
import {
  askInTurn,
  busy,
  loadProcessor,
  loadServer,
  serverProcessor,
  startLoad,
} from "../load-server.ts";
import { runInRounds } from "../measure.ts";
import type { SignInTarget } from "../processes/sign-ins.ts";
import type { RequestKind } from "../requests.ts";
import { signUpTo, startStrictServer } from "../strict-server.ts";

const ours = { name: "Portico", script: "test/bench/processes/cognito-service.ts" };
const byHand = { name: "a hand-written route", script: "test/bench/processes/cognito-by-hand.ts" };

/** The work that is measured, each with the rate it has to reach and the latency it may have, as parts of the opponent's. */
const works = [
  { name: "sign in", path: "/v1/sign-in", rate: 0.8, latency: 1.15 },
  { name: "refresh", path: "/v1/token/refresh", rate: 0.85, latency: 1.1 },
] as const;

/** Fewer than the connections that the SDK keeps, so that no request waits for one. */
const connections = 16;

/** A side: one of the servers with one work to do. */
interface Side {
  readonly name: string;
  readonly server: () => Promise<ServerState>;
  readonly load: Child;
  readonly request: RequestKind;
}

/**
 * The whole service in front of Cognito, against routes that make the same calls by the same SDK and no more. What is
 * counted is what the server itself takes: Cognito is the strict server, which works on each call longer than either.
 */
export const cognitoOverHttp: Row = {
  name: "cognito-over-http",
  async measure() {
    const cognito = await startStrictServer({ processor: loadProcessor });
    const target = await signUpTo(cognito);
    const load = startLoad();
    const servers = [ours, byHand].map(({ name, script }) => ({
      name,
      server: startChild({ script, args: [JSON.stringify(target)], processor: serverProcessor }),
    }));
    const sides = (
      await Promise.all(servers.map(({ name, server }) => sidesOf(name, server, load, target)))
    ).flat();
    const rates = await runInRounds(
      sides.map((side) => ({ name: side.name, run: () => loadServer({ ...side, connections }) })),
      { rounds: 40, warmUps: 6, enoughMs: 40_000 },
    );
    const latencies = await runInRounds(
      sides.map((side) => ({ name: side.name, run: () => askInTurn(side) })),
      { rounds: 40, warmUps: 3, enoughMs: 40_000 },
    );
    for (const child of [load, cognito.child, ...servers.map(({ server }) => server)]) child.stop();
    return works.flatMap((work) => figuresOf(work, rates, latencies));
  },
};

async function sidesOf(
  name: string,
  server: Child,
  load: Child,
  { username, password }: SignInTarget,
): Promise<readonly Side[]> {
  const [signIn, refresh] = works;
  const credentials = { username, password };
  const token = { refresh_token: await refreshTokenOf(server, credentials) };
  const request = { signIn: post(signIn.path, credentials), refresh: post(refresh.path, token) };
  const state = () => server.ask<ServerState>();
  return [
    { name: sideName(name, signIn), server: state, load, request: request.signIn },
    { name: sideName(name, refresh), server: state, load, request: request.refresh },
  ];
}

/** A refresh token is good at the server that handed it out: ours wraps that of Cognito. */
async function refreshTokenOf(server: Child, credentials: object): Promise<string> {
  const { port } = await server.ask<ServerState>();
  const answer = await fetch(`http://127.0.0.1:${port}${works[0].path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  const { tokens } = (await answer.json()) as { readonly tokens?: { refresh_token?: string } };
  if (!tokens?.refresh_token) throw new Error(`A sign-in is answered ${answer.status}`);
  return tokens.refresh_token;
}

function post(path: string, content: object): RequestKind {
  return { kind: "post", path, content };
}

function sideName(name: string, work: { readonly name: string }): string {
  return `${name}: ${work.name}`;
}

type SlicesOf = Awaited<ReturnType<typeof runInRounds>>;

function figuresOf(
  work: (typeof works)[number],
  rates: SlicesOf,
  latencies: SlicesOf,
): readonly Figure[] {
  const [mine, theirs] = [sideName(ours.name, work), sideName(byHand.name, work)];
  return [
    ratioFigure({
      work: `${work.name} at the service in front of Cognito`,
      against: byHand.name,
      bar: { kind: "at least", value: work.rate },
      ours: rates(mine),
      theirs: rates(theirs),
      judged: "processorMs",
      remark: `servers ${busy(rates(mine))} and ${busy(rates(theirs))} busy`,
    }),
    latencyFigure({
      work: `${work.name} at the service in front of Cognito, median latency`,
      against: byHand.name,
      bar: { kind: "at most", value: work.latency },
      ours: latencies(mine),
      theirs: latencies(theirs),
      remark: "one request at a time",
    }),
  ];
}
