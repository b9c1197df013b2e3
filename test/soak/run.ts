// Puts the service under load for a long time while its back end fails, takes sessions through outages, and writes what
// became of them.
//   npm run soak                      # the long form: three quarters of an hour and more; writes docs/reliability.md
//   npm run soak -- --form short      # two minutes; prints the card and writes nothing
//   npm run soak -- --runtimes node --seconds 600 --rate 300 --sessions 5000
// Needs redis-server on the machine, and TEST_POSTGRES_URL for the outage of PostgreSQL.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { buildWorker } from "../../scripts/build-worker.mjs";
import { root } from "../../scripts/native.mjs";
import type { RuntimeName } from "../support/runtimes.ts";
import { missesOf, type Soaked, writeCard } from "./card.ts";
import { createClients, createSightings, forEachOf } from "./client.ts";
import { type Form, readForm } from "./forms.ts";
import { delaysIn, putUnderLoad } from "./load.ts";
import {
  type Outage,
  outageOnPostgres,
  outagesOnCognito,
  refreshAtLast,
  signInAll,
} from "./outages.ts";
import { startRedis, startSoaked, startUpstream, type Upstream, usualFaults } from "./places.ts";
import { drawRuns } from "./plot.ts";

const form = readForm(process.argv.slice(2));
const postgresUrl = process.env.TEST_POSTGRES_URL;
if (form.isJudged && postgresUrl === undefined)
  throw new Error("TEST_POSTGRES_URL is needed: the card has an outage of PostgreSQL");

const { runs, outages } = await soakAll();
const misses = missesOf(form, runs, outages);
const card = writeCard(form, runs, outages);
if (form.name === "long") {
  writeFileSync(join(root, "docs", "reliability.md"), card);
  writeFileSync(join(root, "docs", "reliability.svg"), drawRuns(runs));
} else console.log(card);
for (const miss of misses) console.error(`missed: ${miss}`);
process.exit(misses.length === 0 ? 0 : 1);

async function soakAll() {
  const users = Math.max(form.sessions, form.outageSessions);
  tell(`making ${users} users`);
  const upstream = await startUpstream(users, form.hashIterations);
  const redis = await startRedis();
  const runs: Soaked[] = [];
  const outages: Outage[] = [];
  try {
    for (const [runtime, seconds] of Object.entries(form.seconds)) {
      tell(`${runtime}, ${seconds} s at ${form.rate} a second`);
      runs.push(await soak(upstream, runtime as RuntimeName, seconds, form));
    }
    tell(`${form.outageSessions} sessions through throttling, and Redis killed and empty`);
    outages.push(...(await outagesOnCognito(upstream, redis, form.outageSessions)));
    if (postgresUrl !== undefined) {
      tell(`${form.postgresSessions} sessions through PostgreSQL stopped`);
      outages.push(await outageOnPostgres(postgresUrl, form.postgresSessions));
    }
  } finally {
    await redis.kill();
    upstream.stop();
  }
  return { runs, outages };
}

async function soak(
  upstream: Upstream,
  runtime: RuntimeName,
  seconds: number,
  { rate, sessions: count }: Form,
): Promise<Soaked> {
  if (runtime === "worker") await buildWorker("cognito", { IDENTITY_PROVIDER: "cognito" });
  await upstream.setFaults([]);
  const service = await startSoaked(runtime, upstream.environment);
  try {
    const sessions = await signInAll(
      createClients(service.url),
      upstream.usernames.slice(0, count),
    );
    const before = service.output().length;
    const sightings = createSightings();
    const clients = createClients(service.url, sightings);
    await upstream.setFaults(usualFaults);
    const found = await putUnderLoad(service, clients, sessions, { rate, seconds });
    const delaysMs = delaysIn(service.output().slice(before));
    await upstream.setFaults([]);
    let lost = 0;
    await forEachOf(sessions, 16, async (session) => {
      if ((await refreshAtLast(clients, session)) !== "refreshed") lost += 1;
    });
    return { runtime, seconds: found, sightings, sessions: sessions.length, lost, delaysMs };
  } finally {
    await service.stop();
  }
}

function tell(what: string): void {
  console.error(`${new Date().toISOString()} ${what}`);
}
