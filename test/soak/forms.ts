import { parseArgs } from "node:util";
import { type RuntimeName, runtimeNames } from "../support/runtimes.ts";

/** How much is done. */
export interface Form {
  readonly name: string;
  /** The requests a second. */
  readonly rate: number;
  /** How long each runtime is under load, in seconds. */
  readonly seconds: Readonly<Partial<Record<RuntimeName, number>>>;
  /** The sessions that are used under load. */
  readonly sessions: number;
  /** The sessions on Cognito that are taken through outages. */
  readonly outageSessions: number;
  /** Those on Better Auth: a password is hashed at its full strength for each. */
  readonly postgresSessions: number;
  /** The PBKDF2 iterations of the strict server's users: its cost is not what is measured. */
  readonly hashIterations: number;
  /** Whether memory and delays are held against their bars: a short run has not come to rest. */
  readonly isJudged: boolean;
}

const usual = { hashIterations: 1_000, isJudged: false };

const forms: Readonly<Record<string, Form>> = {
  long: {
    ...usual,
    name: "long",
    rate: 500,
    seconds: { node: 1_800, deno: 300, bun: 300, worker: 300 },
    sessions: 20_000,
    outageSessions: 20_000,
    postgresSessions: 2_000,
    isJudged: true,
  },
  short: {
    ...usual,
    name: "short",
    rate: 100,
    seconds: { node: 30, deno: 10, bun: 10, worker: 10 },
    sessions: 500,
    outageSessions: 200,
    postgresSessions: 40,
  },
  ci: {
    ...usual,
    name: "ci",
    rate: 100,
    seconds: { node: 45, deno: 15, bun: 15, worker: 15 },
    sessions: 500,
    outageSessions: 300,
    postgresSessions: 60,
  },
};

/**
 * Reads the form from the command line.
 *
 * @throws {TypeError} for what is not an option, or no number
 */
export function readForm(args: readonly string[]): Form {
  const { values } = parseArgs({
    args: [...args],
    options: {
      form: { type: "string", default: "long" },
      seconds: { type: "string" },
      rate: { type: "string" },
      sessions: { type: "string" },
      "postgres-sessions": { type: "string" },
      runtimes: { type: "string" },
    },
  });
  const form = forms[values.form];
  if (!form) throw new TypeError(`--form is one of ${Object.keys(forms).join(", ")}`);
  const { seconds, rate, sessions, runtimes = runtimeNames.join() } = values;
  const ofPostgres = values["postgres-sessions"];
  const chosen = runtimeNames.filter((name) => runtimes.split(",").includes(name));
  return {
    ...form,
    ...(Object.values(values).length > 1 && { name: `${form.name}, changed` }),
    ...(rate !== undefined && { rate: numberOf("rate", rate) }),
    ...(sessions !== undefined && {
      sessions: numberOf("sessions", sessions),
      outageSessions: numberOf("sessions", sessions),
    }),
    ...(ofPostgres !== undefined && {
      postgresSessions: numberOf("postgres-sessions", ofPostgres),
    }),
    seconds: Object.fromEntries(
      chosen.map((name) => [
        name,
        seconds === undefined ? form.seconds[name] : numberOf("seconds", seconds),
      ]),
    ),
  };
}

function numberOf(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new TypeError(`--${name} is a whole number`);
  return Number(text);
}
