import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPostgresDatabase } from "../../../support/postgres-database.ts";
import { startChild } from "../../child.ts";
import { type Measure, runInRounds, type Slice } from "../../measure.ts";
import type { BetterAuthWork } from "../../processes/better-auth.ts";
import {
  type Curve,
  exponentFigure,
  growthFigure,
  ratioToFigure,
  type ScaleRow,
} from "../curve.ts";
import { pointOf, roundsFor } from "../points.ts";

/** Numbers of users, one of whom has a number of sessions, that the cost is measured at. */
const sizes = [
  { users: 1000, sessions: 100 },
  { users: 10_000, sessions: 1000 },
  { users: 100_000, sessions: 10_000 },
];

const rounds = { rounds: 25, warmUps: 4, enoughMs: 60_000 };

const lookups = ["email", "sub", "username"] as const;

const works: Readonly<Record<BetterAuthWork, string>> = {
  get: "get a user",
  email: "find a user by e-mail",
  sub: "find a user by sub",
  username: "find a user by user name",
  page: "list a page of users, anywhere",
  "sign-in": "sign in, password hashing turned down",
  refresh: "refresh",
  sessions: "list a page of the sessions of a user",
};

/** A database of its own for each size. */
interface DatabaseKind {
  readonly name: string;
  /** By which time it is judged: a server works in a process of its own. */
  readonly measure: Measure;
  create(): Promise<{ readonly url: string; drop(): Promise<void> }>;
}

/** How the Better Auth adapter's calls grow, over SQLite and over PostgreSQL. */
export const betterAuth: ScaleRow = {
  name: "better-auth",
  async measure(part) {
    const curves: Curve[] = [];
    for (const kind of databaseKinds()) curves.push(...(await measureOn(kind, part)));
    return curves;
  },
};

function databaseKinds(): readonly DatabaseKind[] {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) console.error("left out: PostgreSQL, as TEST_POSTGRES_URL names none");
  return [
    { name: "SQLite", measure: "processorMs", create: createSqliteFile },
    ...(server ? [postgresAt(server)] : []),
  ];
}

function postgresAt(server: string): DatabaseKind {
  return { name: "PostgreSQL", measure: "clockMs", create: () => createPostgresDatabase(server) };
}

async function createSqliteFile() {
  const folder = await mkdtemp(join(tmpdir(), "portico-growth-"));
  return {
    url: `file:${join(folder, "users.db")}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

type SlicesOf = (work: BetterAuthWork) => readonly Sized[];

/** The measurements at a size. */
interface Sized {
  readonly users: number;
  readonly sessions: number;
  readonly slices: readonly Slice[];
}

async function measureOn(kind: DatabaseKind, part: number): Promise<readonly Curve[]> {
  const scaled = sizes.map(({ users, sessions }) => ({
    users: users * part,
    sessions: sessions * part,
  }));
  const sides = await Promise.all(scaled.map((size) => startSide(kind, size)));
  try {
    const contenders = sides.flatMap(({ size, ask }) =>
      Object.keys(works).map((work) => ({
        name: `${work} ${size.users}`,
        run: () => ask(work),
      })),
    );
    const slices = await runInRounds(contenders, roundsFor(part, rounds));
    const slicesOf: SlicesOf = (work) =>
      scaled.map((size) => ({ ...size, slices: slices(`${work} ${size.users}`) }));
    return curvesOf(kind, slicesOf);
  } finally {
    for (const { stop } of sides) await stop();
  }
}

/** Starts a process with a database of its own, which holds that many users. */
async function startSide(kind: DatabaseKind, size: (typeof sizes)[number]) {
  const { url, drop } = await kind.create();
  const script = "test/bench/processes/better-auth.ts";
  const child = startChild({ script, args: [url, String(size.users), String(size.sessions)] });
  return {
    size,
    ask: (work: string) => child.ask<Slice>(work),
    stop() {
      child.stop();
      return drop();
    },
  };
}

function curvesOf({ name, measure }: DatabaseKind, slicesOf: SlicesOf): readonly Curve[] {
  const measured = (work: BetterAuthWork, sizesOf: "users" | "sessions") => ({
    work: `Better Auth on ${name}: ${works[work]}`,
    sizesOf,
    unit: "ms" as const,
    points: slicesOf(work).map((sized) => pointOf(sized[sizesOf], sized.slices, measure)),
  });
  const get = measured("get", "users");
  const flat = (["page", "sign-in", "refresh"] as const).map((work) => measured(work, "users"));
  const sessions = measured("sessions", "sessions");
  return [
    ...[get, ...flat].map((curve) => ({ ...curve, figures: [growthFigure(curve)] })),
    ...lookups.map((work) => {
      const curve = measured(work, "users");
      return { ...curve, figures: [ratioToFigure(curve, get)] };
    }),
    // Without pages a list is as long as what is in it.
    { ...sessions, figures: [exponentFigure(sessions, 0.5)] },
  ];
}
