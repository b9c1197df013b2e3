import {
  type IdentityProviderHarness,
  identityProviderContract,
} from "../../../src/testing/index.ts";
import { startRemoteHarness } from "./remote-harness.ts";

/** What became of a case: `held`, or the message of its failure. */
export type Outcome = string;

let harness: Promise<IdentityProviderHarness> | undefined;

/**
 * Runs a case of the conformance suite at each request: its name and the address of the control server
 * are in the query.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/health/live") return new Response();
    harness ??= startRemoteHarness(searchParams.get("control") ?? "");
    return new Response(await outcomeOf(searchParams.get("name") ?? "", await harness));
  },
};

async function outcomeOf(wanted: string, harness: IdentityProviderHarness): Promise<Outcome> {
  const found = identityProviderContract.find(({ name }) => name === wanted);
  if (!found) return "there is no such case";
  return found.run(harness).then(
    () => "held",
    (error: unknown) => String(error),
  );
}
