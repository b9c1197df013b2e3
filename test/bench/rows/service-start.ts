import { root } from "../../../scripts/native.mjs";
import { freePort } from "../../support/server-process.ts";
import type { Variables } from "../../support/worker-launch.ts";
import { buildPackage } from "../built-package.ts";
import { digits, type Figure, type Row } from "../figure.ts";
import { startToFirstAnswer } from "../first-answer.ts";
import { compare, quantile, runInRounds, type Slice } from "../measure.ts";

/** The most memory that the service may have had when it first answers, in megabytes. */
const mostMegabytes = 80;

const cognito: Variables = {
  IDENTITY_PROVIDER: "cognito",
  COGNITO_REGION: "eu-west-1",
  COGNITO_USER_POOL_ID: "eu-west-1_AbCdEfGhI",
  COGNITO_CLIENT_ID: "1example23456789",
  COGNITO_CLIENT_SECRET: "1example-of-a-secret",
  AWS_ACCESS_KEY_ID: "example",
  AWS_SECRET_ACCESS_KEY: "example",
};

const ours = "Portico";
const oursOnCognito = "Portico in front of Cognito";
const bare = "bare Hono";

/** How long it takes from the start of Node to the service's first answer, from the package, and with how much memory. */
export const serviceStart: Row = {
  name: "service-start",
  async measure() {
    const { service } = await buildPackage();
    const peaks: number[] = [];
    const sides = [
      { name: ours, run: () => startOnce(service, {}, peaks) },
      { name: oursOnCognito, run: () => startOnce(service, cognito) },
      { name: bare, run: () => startOnce("test/bench/processes/bare-service.mjs", {}) },
    ];
    const slices = await runInRounds(sides, { rounds: 40, warmUps: 3, enoughMs: 40_000 });
    return [startFigure(slices), ...(peaks.length > 0 ? [peakFigure(peaks)] : [])];
  },
};

/** With its default settings, which are those of the in-memory provider. */
async function startOnce(
  script: string,
  settings: Variables,
  peaks: number[] = [],
): Promise<Slice> {
  const port = String(await freePort());
  const { NODE_OPTIONS = "" } = process.env;
  const { peakMegabytes, ...slice } = await startToFirstAnswer({
    command: process.execPath,
    args: [script],
    cwd: root,
    env: { ...settings, NODE_OPTIONS, HOST: "127.0.0.1", PORT: port },
    url: `http://127.0.0.1:${port}/health/live`,
    isQuiet: true,
  });
  if (peakMegabytes !== undefined) peaks.push(peakMegabytes);
  return slice;
}

function startFigure(slices: (name: string) => readonly Slice[]): Figure {
  // Their rate divided by ours is our time divided by theirs.
  const { ratio, spread, rounds, ...rates } = compare(slices(bare), slices(ours), "clockMs");
  const onCognito = compare(slices(bare), slices(oursOnCognito), "clockMs").ratio;
  return {
    work: "start to first answer on Node, from the package",
    against: bare,
    value: ratio,
    unit: "×",
    bar: { kind: "at most", value: 1.8 },
    rounds: { count: rounds, spread },
    remark: [
      `${digits(1000 / rates.theirs)} ms against ${digits(1000 / rates.ours)} ms`,
      `${digits(onCognito)} × in front of Cognito`,
    ].join("; "),
  };
}

function peakFigure(peaks: readonly number[]): Figure {
  return {
    work: "memory at its peak, until the first answer on Node",
    against: "—",
    value: quantile(peaks, 0.5),
    unit: "MB",
    bar: { kind: "at most", value: mostMegabytes },
    rounds: { count: peaks.length, spread: [quantile(peaks, 0.25), quantile(peaks, 0.75)] },
    remark: "of the whole process, as the system sees it",
  };
}
