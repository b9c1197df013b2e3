import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientFindings } from "../../src/adapters/cognito/pool-check/client-findings.ts";
import type { Description } from "../../src/adapters/cognito/pool-check/findings.ts";
import type { PoolCheckOptions } from "../../src/adapters/cognito/pool-check/pool-check.ts";
import {
  poolFindings,
  writableFindings,
} from "../../src/adapters/cognito/pool-check/pool-findings.ts";
import { runPortico } from "../../test/support/run-portico.ts";

const place = mkdtempSync(join(tmpdir(), "portico-cdk-"));
afterAll(() => rmSync(place, { recursive: true }));

interface Resource {
  readonly Type: string;
  readonly Properties: Description;
  readonly DeletionPolicy?: string;
}

let resources: readonly Resource[];
let settings: NodeJS.Dict<string>;

beforeAll(async () => {
  const { status, err } = await runPortico(
    ["init", "app", "--provider", "cognito", "--no-install"],
    { cwd: place },
  );
  if (status !== 0) throw new Error(err);
  const app = join(place, "app");
  symlinkSync(join(import.meta.dirname, "node_modules"), join(app, "aws/node_modules"));
  const outdir = join(place, "out");
  execFileSync(process.execPath, ["app.mjs"], {
    cwd: join(app, "aws"),
    env: { PATH: process.env.PATH ?? "", HOME: place, CDK_OUTDIR: outdir },
  });
  const template = JSON.parse(readFileSync(join(outdir, "PorticoUsers.template.json"), "utf8"));
  resources = Object.values(template.Resources);
  settings = parseEnv(readFileSync(join(app, ".env"), "utf8"));
});

function propertiesOf(type: string): Description {
  const found = resources.filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
}

/** The settings of the new project, as the check is given them. */
function optionsOf(clientSecrets: readonly string[]): PoolCheckOptions {
  return {
    region: "us-east-1",
    userPoolId: "us-east-1_any",
    clientId: "any",
    credentials: undefined,
    endpoint: undefined,
    timeoutMs: 1,
    clientSecrets,
    authFlow: "ADMIN_USER_PASSWORD_AUTH",
    refreshFlow: "GET_TOKENS_FROM_REFRESH_TOKEN",
    propagatesCallerAddress: false,
    features: [],
  };
}

test("the pool that is synthesised is as the check wants it", () => {
  const pool = propertiesOf("AWS::Cognito::UserPool");
  const described = propertiesOf("AWS::Cognito::UserPoolClient");
  // Cognito makes the secret, and shows it where one was asked for.
  const client = {
    ...described,
    ...(described.GenerateSecret === true && { ClientSecret: "made" }),
  };
  const options = optionsOf(["made"]);

  const findings = [
    ...poolFindings(pool, options),
    ...clientFindings(client, options),
    ...writableFindings(pool, client),
  ].filter((finding) => finding !== undefined);

  expect(findings).toEqual([]);
});

test("a pool that is set up otherwise would be found out", () => {
  const client = {
    ...propertiesOf("AWS::Cognito::UserPoolClient"),
    PreventUserExistenceErrors: "LEGACY",
  };
  const subjects = clientFindings(client, optionsOf([])).map((finding) => finding?.subject);

  expect(subjects).toContain("prevent_user_existence_errors");
});

test("the accounts stay where the stack is taken away, and no secret is put out", () => {
  const pool = resources.find(({ Type }) => Type === "AWS::Cognito::UserPool");

  expect(pool?.DeletionPolicy).toBe("Retain");
  expect(settings.COGNITO_CREDENTIALS).toBe("chain");
  expect(JSON.stringify(resources)).not.toContain("ClientSecret");
});
