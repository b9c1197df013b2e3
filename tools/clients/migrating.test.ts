import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { serve } from "../../src/node.ts";
import { compose } from "../../src/service/compose.ts";
import { readEnvironment } from "../../src/service/settings.ts";
import { createAccounts } from "../../test/examples/migrating/with-client.ts";
import { strictEnvironment } from "../../test/runtime/cognito-environment.ts";
import { makeClient } from "../../test/support/cognito-strict.ts";
import { codeOf } from "../../test/support/page-code.ts";
import { configure } from "./amplify-journey.ts";
import { accounts } from "./migrating/with-amplify.ts";
import { ada, type PublicPool, password, startPublicPool } from "./support.ts";

/** Portico in front of a pool, on an app client of its own: Amplify's has no secret. */
async function startPortico(world: PublicPool): Promise<string> {
  const { endpoint, poolId } = world;
  const client = await makeClient(world, poolId, {
    PreventUserExistenceErrors: "ENABLED",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const environment = strictEnvironment({ endpoint, poolId, client, issuerBase: endpoint });
  const { ports, options } = compose(readEnvironment({ ...environment, LOG_LEVEL: "silent" }));
  const { port, close } = await serve({ fetch: createApp(ports, options).fetch, port: 0 });
  onTestFinished(close);
  return `http://127.0.0.1:${port}`;
}

const noCode = () => Promise.reject(new Error("no code is asked for"));

test.each(["tools/clients/migrating/with-amplify.ts", "test/examples/migrating/with-client.ts"])(
  "docs/migrating.md shows %s as it is",
  (file) => {
    const source = readFileSync(join(import.meta.dirname, "../..", file), "utf8").replace(
      "../../../src/client.ts",
      "portico/client",
    );

    expect(codeOf("docs/migrating.md").map(({ text }) => text)).toContain(source);
  },
);

test("an account of aws-amplify signs in over Portico, with the same code around it", async () => {
  const world = await startPublicPool();
  configure(world);
  await accounts.signUp(ada, password);
  await accounts.confirm(ada, world.lastCode());
  const before = await accounts.signIn(ada, password, noCode);
  const { email } = await accounts.profile();
  await accounts.signOut();
  const after = createAccounts({ url: await startPortico(world), tokens: "memory" });

  expect(await after.signIn(ada, password, noCode)).toBe(before);

  expect(await after.profile()).toMatchObject({ attributes: { email } });
  await after.signOut();
  await expect(after.profile()).rejects.toMatchObject({ code: "signed_out" });
});
