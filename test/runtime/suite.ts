import { describe, expect, test } from "vitest";
import { account } from "./families/account.ts";
import { accountControl } from "./families/account-control.ts";
import { administration } from "./families/administration.ts";
import { bearerTokens } from "./families/bearer.ts";
import { bodies } from "./families/bodies.ts";
import { browserSessions } from "./families/browser-sessions.ts";
import { capabilities } from "./families/capabilities.ts";
import { closedDoors } from "./families/closed-doors.ts";
import { codeSignIn } from "./families/code-sign-in.ts";
import { cors } from "./families/cors.ts";
import { credentials } from "./families/credentials.ts";
import { customChallenges } from "./families/custom-challenges.ts";
import { documents } from "./families/documents.ts";
import { enumeration } from "./families/enumeration.ts";
import { framing } from "./families/framing.ts";
import { journey } from "./families/journey.ts";
import { mediaTypes } from "./families/media-types.ts";
import { passkeys } from "./families/passkeys.ts";
import { races } from "./families/races.ts";
import { revocations } from "./families/revocations.ts";
import { routing } from "./families/routing.ts";
import { secondFactors } from "./families/second-factors.ts";
import { serviceTokens } from "./families/service-tokens.ts";
import { sizes } from "./families/sizes.ts";
import type { Family, HttpCase, World } from "./http-case.ts";
import { createProbe, type HttpTarget, type Probe } from "./probe.ts";
import { giveawaysIn, internalsOrVendorsIn, secretsLeaked } from "./secrets.ts";

/** All that holds for the service on every provider, in the order in which it is tried. */
export const families: readonly Family[] = [
  journey,
  browserSessions,
  account,
  secondFactors,
  codeSignIn,
  customChallenges,
  passkeys,
  administration,
  accountControl,
  closedDoors,
  races,
  documents,
  capabilities,
  bodies,
  mediaTypes,
  sizes,
  credentials,
  bearerTokens,
  enumeration,
  serviceTokens,
  revocations,
  routing,
  cors,
  framing,
];

/** The services to be tested, started before the first test. */
export interface HttpSuiteOptions {
  readonly serviceOf: (world: World) => HttpTarget;
  /** Why a case is known not to hold, if it is. */
  readonly gapOf: (httpCase: HttpCase) => string | undefined;
  /** The names of cases among the gaps. */
  readonly gapNames: readonly string[];
}

/**
 * Registers the black-box suite: all that a client can count on, over HTTP alone. A case among the gaps has to fail, so
 * that no gap outlives its reason.
 */
export function httpSuite({ serviceOf, gapOf, gapNames }: HttpSuiteOptions): void {
  const probes = new Map<HttpTarget, Probe>();
  function probeOf(world: World): Probe {
    const service = serviceOf(world);
    const probe = probes.get(service) ?? createProbe(service);
    probes.set(service, probe);
    return probe;
  }

  for (const { name, world = "open", cases } of families) {
    describe(name, () => {
      for (const each of cases) register(each, gapOf(each), () => probeOf(world));

      test(`the service is well after ${name}, and has given nothing away`, async () => {
        const probe = probeOf(world);
        expect((await probe.send("GET", "/health/live")).status).toBe(200);
        expect((await probe.send("GET", "/health/ready")).status).toBe(200);
        expectNothingGivenAway(probe, serviceOf(world).output());
      });
    });
  }

  test("every gap is one of a case that there is", () => {
    const names = families.flatMap(({ cases }) => cases.map(({ name }) => name));
    expect(gapNames.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
}

function register({ name, run }: HttpCase, gap: string | undefined, probe: () => Probe): void {
  if (gap === undefined) {
    test(name, () => run(probe()));
    return;
  }
  test(`gap: ${name} — ${gap}`, async () => {
    const failure = await run(probe()).catch((error: unknown) => error);
    // An assertion, not a connection that broke: a gap is no licence to crash.
    expect(failure, "what is among the gaps fails").toHaveProperty("name", "AssertionError");
  });
}

function expectNothingGivenAway(probe: Probe, output: string): void {
  expect(probe.answers.splice(0).flatMap(internalsOrVendorsIn), "in the answers").toEqual([]);
  expect(giveawaysIn(output), "in the output").toEqual([]);
  expect(secretsLeaked(output, probe.secrets), "in the output").toEqual([]);
}
