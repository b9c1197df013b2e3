import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { createRevocationCheck } from "../../../../src/adapters/jwt/index.ts";
import type { UserPrincipal } from "../../../../src/domain/principal.ts";
import type { Revocation } from "../../../../src/domain/revocation.ts";
import { startChild } from "../../child.ts";
import { digits, type Figure } from "../../figure.ts";
import { quantile } from "../../measure.ts";
import type { CopyCost } from "../../processes/revocations-in-copy.ts";
import { type Curve, growthFigure, type ScaleRow } from "../curve.ts";
import { durableObjectOf, kvOf, redisOf, type SlowList } from "../slow-lists.ts";

const wholeSizes = [1_000, 10_000, 100_000, 200_000];
const sizesOf = "revocations";

/** How long one undisturbed reading is to take, in milliseconds: several times as long as a copy lets anyone wait. */
const wholeReadingMs = 6_000;
/** The time that a copy gives a reading, and a service each call of its list. */
const timeoutMs = 1_000;
/** More than any call takes that is not disturbed. */
const amplyMs = 30_000;

/** A copy of the list of revocations: how long it takes to read over a slow link and to look up in, and its memory. */
export const revocations: ScaleRow = {
  name: "revocations",
  async measure(part) {
    const sizes = wholeSizes.map((size) => size * part);
    return [...(await inCopy(sizes)), ...(await overSlowLinks(sizes.at(-1) ?? 0, part))];
  },
};

async function inCopy(sizes: readonly number[]): Promise<readonly Curve[]> {
  const costs: CopyCost[] = [];
  for (const size of sizes) {
    const script = "test/bench/processes/revocations-in-copy.ts";
    const child = startChild({ script, args: [], flags: ["--expose-gc"] });
    costs.push(await child.ask<CopyCost>(size));
    child.stop();
  }
  const work = "a kept token, looked up in the copy of the revocations";
  const points = costs.map(({ entries, verifyUs }) => ({
    size: entries,
    value: quantile(verifyUs, 0.5),
    spread: [quantile(verifyUs, 0.25), quantile(verifyUs, 0.75)] as const,
  }));
  const lookUp = { work, sizesOf, unit: "µs", points } as const;
  const memory = {
    work: "memory of a revocation in the copy",
    sizesOf,
    unit: "bytes",
    points: costs.map(({ entries, bytesPerEntry }) => ({ size: entries, value: bytesPerEntry })),
  } as const;
  return [
    { ...lookUp, figures: [growthFigure(lookUp)] },
    { ...memory, figures: [memoryFigure(costs.at(-1))] },
  ];
}

function memoryFigure(cost: CopyCost | undefined): Figure {
  const { entries = 0, bytesPerEntry = Number.NaN } = cost ?? {};
  return {
    work: `memory of ${entries.toLocaleString("en")} revocations in the copy`,
    against: "—",
    value: (entries * bytesPerEntry) / 1e6,
    unit: "MB",
    bar: { kind: "at most", value: 36 },
    remark: `${digits(bytesPerEntry)} bytes each`,
  };
}

async function overSlowLinks(size: number, part: number): Promise<readonly Curve[]> {
  const many = Array.from({ length: size }, revocation);
  // So that a trial takes no longer than to see that it runs.
  const readingMs = part < 1 ? timeoutMs : wholeReadingMs;
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error("TEST_REDIS_URL names no Redis, whose list is to be read.");
  const curves: Curve[] = [];
  for (const make of [() => redisOf(url, many), () => durableObjectOf(many), () => kvOf(many)]) {
    const list = await make();
    try {
      curves.push(await overSlowLink(list, size, readingMs));
    } finally {
      await list.close();
    }
  }
  return curves;
}

/** Reads the list as fast as it comes to see how long it is, once as slowly as is wanted, and then by a copy. */
async function overSlowLink(list: SlowList, size: number, readingMs: number): Promise<Curve> {
  const { bytes } = await readOnce(list);
  list.narrow(bytes / (readingMs / 1000));
  const once = await readOnce(list);
  const copied = await copyOnce(list, 10 * readingMs);
  const work = `the copy of ${size.toLocaleString("en")} revocations, over a slow link, ${list.name}`;
  const figure = (what: string, most: number, value: number, remark: string): Figure => ({
    work: `${work}: ${what}`,
    against: "one undisturbed reading",
    value,
    unit: "×",
    bar: { kind: "at most", value: most },
    remark,
  });
  const ratios = { time: copied.ms / once.ms, bytes: copied.bytes / once.bytes };
  const megabytes = `${digits(copied.bytes / 1e6)} MB against ${digits(once.bytes / 1e6)} MB`;
  const seconds = `${digits(copied.ms / 1e3)} s against ${digits(once.ms / 1e3)} s; a reading has ${timeoutMs / 1e3} s`;
  return {
    work,
    sizesOf,
    unit: "×",
    points: [{ size, value: ratios.time }],
    figures: [
      figure("time", 1.5, ratios.time, seconds),
      figure("bytes", 1.1, ratios.bytes, megabytes),
    ],
  };
}

async function measured(list: SlowList, work: () => Promise<void>) {
  const [bytes, start] = [list.received(), performance.now()];
  await work();
  return { bytes: list.received() - bytes, ms: performance.now() - start };
}

async function readOnce(list: SlowList) {
  const opened = list.open(amplyMs);
  return measured(list, async () => {
    for (let page = await opened.read(); page.hasMore; ) page = await opened.read(page.cursor);
  });
}

/** Lets tokens come all the time, until one is taken. */
async function copyOnce(list: SlowList, mostMs: number) {
  const opened = list.open(timeoutMs);
  const { isRevoked } = createRevocationCheck({
    list: opened,
    timeoutMs,
    whenUnavailable: "refuse",
  });
  const ask = async () => isRevoked(stranger);
  return measured(list, async () => {
    const giveUpAt = performance.now() + mostMs;
    while (await ask().catch(() => true)) {
      if (performance.now() > giveUpAt) throw new Error(`The list on ${list.name} is never known.`);
      await delay(10);
    }
  });
}

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
const now = Math.floor(Date.now() / 1000);

function revocation(): Revocation {
  return { kind: "session", issuer, sessionId: crypto.randomUUID(), until: now + 86_400 };
}

const stranger: UserPrincipal = {
  kind: "user",
  issuer,
  subject: "subject",
  sessionId: "session",
  clientId: "client-1",
  username: "ada",
  groups: [],
  scopes: [],
  issuedAt: now,
  expiresAt: now + 3600,
};
