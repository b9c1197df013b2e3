import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { anyCredentials, strictRegion } from "../../test/support/cognito-strict.ts";
import { freePort, startServerProcess } from "../../test/support/server-process.ts";
import { ada, newPassword, type PublicPool, password, startPublicPool } from "./support.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

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

/** The shell of docs/cognito-server.md up to where the service starts, which then takes the shell's place. */
function shellOfPage(endpoint: string): string {
  const page = readFileSync(join(root, "docs/cognito-server.md"), "utf8");
  const blocks = [...page.matchAll(/^```sh\n(export [\s\S]*?)^```/gm)].map(([, block]) => block);
  expect(blocks).toHaveLength(2);
  // Debian's CLI reads the endpoint from no variable yet.
  const withEndpoint = `aws() { command aws --endpoint-url ${endpoint} "$@"; }`;
  return [withEndpoint, ...blocks]
    .join("\n")
    .replaceAll("http://127.0.0.1:9230", endpoint)
    .replace(/^npm start$/m, 'exec "$NODE" src/runtimes/node.ts');
}

test("Portico starts on a pool that the AWS CLI made, as docs/cognito-server.md has it", async () => {
  const { endpoint, sdk, server } = await startPublicPool();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const service = await startServerProcess({
    command: "sh",
    args: ["-eu", "-c", shellOfPage(endpoint)],
    env: { PATH: process.env.PATH ?? "", NODE: process.execPath, PORT: String(port) },
    cwd: root,
    isReady: () =>
      fetch(`${address}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  onTestFinished(async () => void (await service.kill()));
  const send = async (path: string, body: Readonly<Record<string, string>>) => {
    const headers = { "Content-Type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${address}${path}`, init)).json();
  };
  const { UserPools = [] } = await sdk.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  const poolId = UserPools.find(({ Name }) => Name === "test")?.Id ?? "";

  await send("/v1/sign-up", { username: ada, password });
  const code = server.outboxOf(poolId).messagesFor(ada).at(-1)?.code ?? "";
  const confirmed = await send("/v1/sign-up/confirm", { username: ada, code });
  const signedIn = await send("/v1/sign-in", { username: ada, password });

  expect([confirmed, signedIn]).toMatchObject([{ status: "confirmed" }, { status: "signed_in" }]);
});
