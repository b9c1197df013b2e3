import { buildWorker } from "../../../scripts/build-worker.mjs";
import { cognitoRegion } from "../../support/cognito-pool.ts";
import { freePort } from "../../support/server-process.ts";
import { launchWorker, type Variables } from "../../support/worker-launch.ts";
import { digits, type Row } from "../figure.ts";
import { startToFirstAnswer } from "../first-answer.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";

const path = "/health/live";

/** Settings of a Worker in front of a user pool. What is asked for here never gets that far. */
const cognito: Variables = {
  IDENTITY_PROVIDER: "cognito",
  COGNITO_REGION: cognitoRegion,
  COGNITO_USER_POOL_ID: `${cognitoRegion}_AbCdEfGhI`,
  COGNITO_CLIENT_ID: "1example23456789",
  COGNITO_CLIENT_SECRET: "1example-of-a-secret",
  AWS_ACCESS_KEY_ID: "example",
  AWS_SECRET_ACCESS_KEY: "example",
};

const portico = { name: "Portico", env: cognito, parts: { bundle: "cognito" } } as const;
const bare = {
  name: "a bare Hono worker",
  env: {},
  parts: { module: "test/bench/processes/bare-worker.ts" },
};

/** How long it takes from the start of workerd to its first answer: what is loaded and set up before anything else. */
export const workerStart: Row = {
  name: "worker-start",
  async measure() {
    await buildWorker("cognito", cognito);
    const sides = [portico, bare].map(({ name, env, parts }) => ({
      name,
      run: () => startOnce(env, parts),
    }));
    const slices = await runInRounds(sides, { rounds: 40, warmUps: 4, enoughMs: 30_000 });
    const [ours, theirs] = [slices(portico.name), slices(bare.name)];
    // Their rate divided by ours is our time divided by theirs.
    const { ratio, spread, rounds, ...rates } = compare(theirs, ours, "clockMs");
    return [
      {
        work: "start to first answer in workerd",
        against: bare.name,
        value: ratio,
        unit: "×",
        bar: { kind: "at most", value: 2 },
        rounds: { count: rounds, spread },
        remark: `${digits(1000 / rates.theirs)} ms against ${digits(1000 / rates.ours)} ms`,
      },
    ];
  },
};

async function startOnce(
  env: Variables,
  parts: Parameters<typeof launchWorker>[1],
): Promise<Slice> {
  const address = { HOST: "127.0.0.1", PORT: String(await freePort()) };
  const { command, args, cleanUp } = await launchWorker({ ...env, ...address }, parts);
  try {
    return await startToFirstAnswer({
      command,
      args,
      url: `http://${address.HOST}:${address.PORT}${path}`,
    });
  } finally {
    await cleanUp?.();
  }
}
