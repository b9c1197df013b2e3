import { beforeAll, describe, expect, test } from "vitest";
import { bearerTokens } from "./families/bearer.ts";
import { bodies } from "./families/bodies.ts";
import { cors } from "./families/cors.ts";
import { credentials } from "./families/credentials.ts";
import { documents } from "./families/documents.ts";
import { enumeration } from "./families/enumeration.ts";
import { framing } from "./families/framing.ts";
import { journey } from "./families/journey.ts";
import { mediaTypes } from "./families/media-types.ts";
import { revocations } from "./families/revocations.ts";
import { routing } from "./families/routing.ts";
import { serviceTokens } from "./families/service-tokens.ts";
import { sizes } from "./families/sizes.ts";
import type { Family, HttpCase } from "./http-case.ts";
import { createProbe, type HttpTarget, type Probe } from "./probe.ts";
import { giveawaysIn, internalsOrVendorsIn, secretsLeaked } from "./secrets.ts";

/** All that holds for the service on every provider, in the order in which it is tried. */
export const families: readonly Family[] = [
  journey,
  documents,
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

/** What is known not to hold, by the name of the case, with the reason: a lack of what the service stands on. */
export type Gaps = Readonly<Record<string, string>>;

/** A service to be tested, started before the first test. */
export interface HttpSuiteOptions {
  readonly service: () => HttpTarget;
  readonly gaps: Gaps;
}

/**
 * Registers the black-box suite: all that a client can count on, over HTTP alone. A case among the gaps has to fail, so
 * that no gap outlives its reason.
 */
export function httpSuite({ service, gaps }: HttpSuiteOptions): void {
  let probe: Probe;
  beforeAll(() => {
    probe = createProbe(service());
  });

  for (const { name, cases } of families) {
    describe(name, () => {
      for (const each of cases) register(each, gaps[each.name], () => probe);

      test(`the service is well after ${name}, and has given nothing away`, async () => {
        expect((await probe.send("GET", "/health/live")).status).toBe(200);
        expect((await probe.send("GET", "/health/ready")).status).toBe(200);
        expectNothingGivenAway(probe, service().output());
      });
    });
  }

  test("every gap is one of a case that there is", () => {
    const names = families.flatMap(({ cases }) => cases.map(({ name }) => name));
    expect(Object.keys(gaps).filter((name) => !names.includes(name))).toEqual([]);
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
