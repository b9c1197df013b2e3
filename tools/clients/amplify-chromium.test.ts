import { expect, test } from "vitest";
import { openPage } from "./chromium.ts";
import { ada, journeyDone, password, startPublicPool } from "./support.ts";

/** The module's exports, in the page. */
declare const journey: typeof import("./amplify-journey.ts");
/** Functions of this process, in the page. */
declare const lastCode: () => Promise<string>;
declare const skewClock: (seconds: number) => Promise<void>;

test("aws-amplify signs up, signs in by SRP, refreshes and signs out everywhere in Chromium", async () => {
  const { endpoint, poolId, clientId, ...world } = await startPublicPool();
  const { page, origin, log } = await openPage("amplify-journey.ts", "journey");
  await page.exposeFunction("lastCode", () => world.lastCode());
  await page.exposeFunction("skewClock", world.server.skewClock);

  const results = await page.evaluate(
    ([settings, user]) => journey.runJourney(settings, user, { lastCode, skewClock }),
    [
      { endpoint, poolId, clientId },
      { username: ada, password },
    ] as const,
  );

  expect(results).toEqual(journeyDone);
  expect(log.refused).toEqual(["400 RespondToAuthChallenge", "400 GetUser"]);
  // Chromium itself writes each answer of that kind into the console.
  const told = "Failed to load resource: the server responded with a status of 400 (Bad Request)";
  expect(log.errors).toEqual([told, told]);
  expect([...log.origins]).toEqual([origin, endpoint]);
});
