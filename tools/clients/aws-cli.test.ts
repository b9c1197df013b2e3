import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { anyCredentials, strictRegion } from "../../test/support/cognito-strict.ts";
import { ada, newPassword, type PublicPool, password, startPublicPool } from "./support.ts";

const run = promisify(execFile);

const environment = {
  ...process.env,
  AWS_DEFAULT_REGION: strictRegion,
  AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
  AWS_DEFAULT_OUTPUT: "json",
  AWS_PAGER: "",
};

/** Makes the AWS CLI's `cognito-idp`, with the endpoint as an option: Debian's reads it from no variable yet. */
function cliOf({ endpoint }: PublicPool) {
  return async (command: string, ...options: string[]) => {
    const args = ["--endpoint-url", endpoint, "cognito-idp", command, ...options];
    const { stdout } = await run("aws", args, { env: environment });
    return stdout.trim() === "" ? {} : JSON.parse(stdout);
  };
}

test("the AWS CLI makes a pool, a client and a user, and signs the user in", async () => {
  const aws = cliOf(await startPublicPool());

  const { UserPool } = await aws("create-user-pool", "--pool-name", "made-by-cli");
  const ofPool = ["--user-pool-id", UserPool.Id];
  const flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  const { UserPoolClient: client } = await aws(
    "create-user-pool-client",
    ...[...ofPool, "--client-name", "cli", "--explicit-auth-flows", ...flows],
  );
  const user = [...ofPool, "--username", "ada"];
  const email = ["--user-attributes", `Name=email,Value=${ada}`, "Name=email_verified,Value=true"];
  await aws("admin-create-user", ...user, ...email, "--message-action", "SUPPRESS");
  await aws("admin-set-user-password", ...user, "--password", password, "--permanent");
  const { AuthenticationResult: tokens } = await aws(
    "admin-initiate-auth",
    ...[...ofPool, "--client-id", client.ClientId, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH"],
    ...["--auth-parameters", `USERNAME=ada,PASSWORD=${password}`],
  );
  const found = await aws("get-user", "--access-token", tokens.AccessToken);
  const listed = await aws("list-users", ...ofPool, "--filter", `email = "${ada}"`);

  expect(found.Username).toBe("ada");
  expect(listed.Users).toMatchObject([{ UserStatus: "CONFIRMED" }]);
});

test("the AWS CLI signs a user up, confirms and recovers, with no credentials of a user's", async () => {
  const world = await startPublicPool();
  const aws = cliOf(world);
  const ofClient = ["--client-id", world.clientId, "--username", ada];

  await aws("sign-up", ...ofClient, "--password", password);
  await aws("confirm-sign-up", ...ofClient, "--confirmation-code", world.lastCode());
  await aws("forgot-password", ...ofClient);
  const confirmation = ["--confirmation-code", world.lastCode(), "--password", newPassword];
  await aws("confirm-forgot-password", ...ofClient, ...confirmation);
  const user = await aws("admin-get-user", "--user-pool-id", world.poolId, "--username", ada);

  expect(user.UserStatus).toBe("CONFIRMED");
});

test("the AWS CLI tells an exception by its name", async () => {
  const aws = cliOf(await startPublicPool());

  const refused = aws("describe-user-pool", "--user-pool-id", "us-east-1_nobody");

  await expect(refused).rejects.toThrow(/ResourceNotFoundException/);
});
