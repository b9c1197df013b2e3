import type { SetUpFinding } from "../../shared/settings.ts";
import { createSender } from "../wire/transport-fetch.ts";
import { clientFindings } from "./client-findings.ts";
import { type Description, structureIn } from "./findings.ts";
import type { PoolCheckOptions } from "./options.ts";
import { poolFindings, writableFindings } from "./pool-findings.ts";

export type { PoolCheckOptions } from "./options.ts";

/**
 * Looks at how a user pool and its app client are set up, and tells what does not fit the service or its users' safety,
 * each with its mend. It changes nothing and never throws: what cannot be read is told as not checked.
 *
 * It needs the actions `cognito-idp:DescribeUserPool` and `cognito-idp:DescribeUserPoolClient`.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html
 */
export async function checkPool(options: PoolCheckOptions): Promise<readonly SetUpFinding[]> {
  const { userPoolId: UserPoolId, clientId: ClientId } = options;
  const [pool, client] = await Promise.all([
    read("DescribeUserPool", { UserPoolId }, options),
    read("DescribeUserPoolClient", { UserPoolId, ClientId }, options),
  ]);
  const ofPool = pool.answer && structureIn(pool.answer, "UserPool");
  const ofClient = client.answer && structureIn(client.answer, "UserPoolClient");
  const findings = [
    pool.finding,
    client.finding,
    ...(ofClient ? clientFindings(ofClient, options) : []),
    ...(ofPool ? poolFindings(ofPool, options) : []),
    ...(ofPool && ofClient ? writableFindings(ofPool, ofClient) : []),
  ];
  return findings.filter((finding) => finding !== undefined);
}

type Operation = "DescribeUserPool" | "DescribeUserPoolClient";

/** The thing that an operation describes, by the name of a finding about it, and in a sentence. */
const described = {
  DescribeUserPool: ["user_pool", "The pool", "COGNITO_USER_POOL_ID and COGNITO_REGION"],
  DescribeUserPoolClient: ["app_client", "The app client", "COGNITO_CLIENT_ID"],
} as const satisfies Record<Operation, readonly string[]>;

async function read(
  operation: Operation,
  input: object,
  options: PoolCheckOptions,
): Promise<{ readonly answer?: Description; readonly finding?: SetUpFinding }> {
  const [subject, thing, settings] = described[operation];
  const notChecked = (why: string) => ({
    finding: {
      subject,
      outcome: "not_checked" as const,
      message: `${thing} was not checked: ${why}`,
    },
  });
  if (options.credentials === undefined) {
    return notChecked("there are no AWS credentials to read its settings with.");
  }
  try {
    return { answer: await createSender(options)(operation, input) };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "ResourceNotFoundException") {
      const message = `${thing} does not exist: see ${settings}.`;
      return { finding: { subject, outcome: "wrong", message } };
    }
    return notChecked(
      /^(?:AccessDenied|NotAuthorized)/.test(name)
        ? `the AWS credentials do not allow cognito-idp:${operation}. Add the action to their policy.`
        : "Cognito did not answer as it should.",
    );
  }
}
