import type { SetUpFinding } from "../../shared/settings.ts";
import { clientFindings } from "./client-findings.ts";
import { describePool, type PoolDescriptions } from "./descriptions.ts";
import type { PoolCheckOptions } from "./options.ts";
import { poolFindings, writableFindings } from "./pool-findings.ts";

export { describePool, type PoolDescriptions } from "./descriptions.ts";
export type { PoolCheckOptions } from "./options.ts";

/**
 * Looks at how a user pool and its app client are set up, and tells what does not fit the service or its users' safety,
 * each with its mend. It changes nothing and never throws: what cannot be read is told as not checked.
 *
 * @param descriptions - what was read of them already
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html
 */
export async function checkPool(
  options: PoolCheckOptions,
  descriptions: Promise<PoolDescriptions> = describePool(options),
): Promise<readonly SetUpFinding[]> {
  const { pool, client } = await descriptions;
  const { answer: ofPool } = pool;
  const { answer: ofClient } = client;
  const findings = [
    pool.finding,
    client.finding,
    ...(ofClient ? clientFindings(ofClient, options) : []),
    ...(ofPool ? poolFindings(ofPool, options) : []),
    ...(ofPool && ofClient ? writableFindings(ofPool, ofClient) : []),
  ];
  return findings.filter((finding) => finding !== undefined);
}
