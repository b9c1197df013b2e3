import { expect } from "vitest";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { ServerExited } from "../support/server-process.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { giveawaysIn } from "./secrets.ts";

/** One thing that holds for the start of the service on a runtime, as plain data. */
export interface BootCase {
  readonly name: string;
  run(runtime: RuntimeName): Promise<void>;
}

const pool = { poolId: "us-east-1_Boot", clientId: "bootclient1", clientSecret: "boot-secret" };

/** Where no keys may come from, by what is wrong with it: JW16. */
const addresses: Readonly<Record<string, string>> = {
  "without TLS": "http://canary.example/keys",
  "with credentials": "https://canary:secret@issuer.example/keys",
  "in a private network": "https://10.0.0.7/canary",
  "of the cloud's own metadata": "https://169.254.169.254/canary",
};

/** What the service does not start with. */
export const bootCases: readonly BootCase[] = Object.entries(addresses).map(
  ([what, jwksUri]): BootCase => ({
    name: `does not start with an address of keys ${what}, and names the setting alone`,
    async run(runtime) {
      const nowhere = "https://issuer.example/pool";
      const place = { ...pool, endpoint: nowhere, issuer: nowhere, jwksUri };
      const output = await outputOfRefusal(runtime, cognitoEnvironment(place));
      expect(output).toMatch(/The settings are at fault:\n {2}COGNITO_JWKS_URI: /);
      expect(output).not.toContain("canary");
      expect(giveawaysIn(output)).toEqual([]);
    },
  }),
);

/** Gives what is printed where the service does not start, or on Workers answers with that and nothing else. */
async function outputOfRefusal(
  runtime: RuntimeName,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  if (runtime !== "worker") {
    const failure = await startRuntime(runtime, env).catch((error: unknown) => error);
    if (!(failure instanceof ServerExited)) expect.fail("the service does not start");
    expect(failure.status).toBe(1);
    return failure.output;
  }
  const hasAnswer = async (url: string) => (await fetch(url).catch(() => undefined)) !== undefined;
  const service = await startRuntime(runtime, env, { isReady: hasAnswer });
  try {
    const response = await fetch(`${service.url}/health/live`);
    const { code } = JSON.parse(await response.text());
    expect([response.status, code]).toEqual([500, "provider_misconfigured"]);
    return service.output();
  } finally {
    await service.kill();
  }
}
