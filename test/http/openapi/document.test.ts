import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../../src/http/openapi/document.ts";
import { toYaml } from "../../../src/http/openapi/yaml.ts";
import { problems } from "../../../src/http/problem.ts";
import { reasons } from "../../../src/http/schemas/reasons.ts";
import { codesOf, document, exampleCodesOf } from "../contract-check.ts";
import { startService } from "../support.ts";

const root = join(import.meta.dirname, "../../..");

/** What is promised to clients: none of it may change, though there may be more. */
const contract = {
  signUp: "POST /v1/sign-up 201",
  confirmSignUp: "POST /v1/sign-up/confirm 200",
  resendConfirmation: "POST /v1/sign-up/resend 202",
  signIn: "POST /v1/sign-in 200",
  answerChallenge: "POST /v1/sign-in/challenge 200",
  resendChallengeCode: "POST /v1/sign-in/challenge/resend 202",
  refreshTokens: "POST /v1/token/refresh 200,204",
  signOut: "POST /v1/sign-out 204",
  signOutEverywhere: "POST /v1/sign-out/everywhere 204",
  getSession: "GET /v1/session 200",
  listSessions: "GET /v1/me/sessions 200",
  endSession: "DELETE /v1/me/sessions/{id} 204",
  forgotPassword: "POST /v1/password/forgot 202",
  resetPassword: "POST /v1/password/reset 200",
  changePassword: "POST /v1/password/change 204",
  getProfile: "GET /v1/me 200",
  updateProfile: "PATCH /v1/me 200",
  deleteAccount: "DELETE /v1/me 204",
  startAttributeVerification: "POST /v1/me/attributes/{name}/verification 202",
  confirmAttribute: "POST /v1/me/attributes/{name}/verification/confirm 204",
  getMfa: "GET /v1/me/mfa 200",
  startTotp: "POST /v1/me/mfa/totp 200",
  confirmTotp: "POST /v1/me/mfa/totp/confirm 204",
  setMfa: "PUT /v1/me/mfa 204",
  createRecoveryCodes: "POST /v1/me/mfa/recovery-codes 200",
  startPasskeyRegistration: "POST /v1/me/passkeys/registration 200",
  finishPasskeyRegistration: "POST /v1/me/passkeys 204",
  listPasskeys: "GET /v1/me/passkeys 200",
  deletePasskey: "DELETE /v1/me/passkeys/{id} 204",
  adminListUsers: "GET /v1/admin/users 200",
  adminCreateUser: "POST /v1/admin/users 201",
  adminGetUser: "GET /v1/admin/users/{username} 200",
  adminUpdateUser: "PATCH /v1/admin/users/{username} 204",
  adminDeleteUser: "DELETE /v1/admin/users/{username} 204",
  adminConfirmUser: "POST /v1/admin/users/{username}/confirm 204",
  adminDisableUser: "POST /v1/admin/users/{username}/disable 204",
  adminEnableUser: "POST /v1/admin/users/{username}/enable 204",
  adminResetPassword: "POST /v1/admin/users/{username}/reset-password 204",
  adminSetPassword: "POST /v1/admin/users/{username}/set-password 204",
  adminSignOutUser: "POST /v1/admin/users/{username}/sign-out 204",
  adminResetMfa: "DELETE /v1/admin/users/{username}/mfa 204",
  adminListGroups: "GET /v1/admin/users/{username}/groups 200",
  adminAddToGroup: "PUT /v1/admin/users/{username}/groups/{group} 204",
  adminRemoveFromGroup: "DELETE /v1/admin/users/{username}/groups/{group} 204",
  adminListEvents: "GET /v1/admin/events 200",
  adminResendInvitation: "POST /v1/admin/users/{username}/invitation 204",
  introspectToken: "POST /v1/introspect 200",
  revokeToken: "POST /v1/revoke 200",
  getProtectedResourceMetadata: "GET /.well-known/oauth-protected-resource 200",
  getCapabilities: "GET /v1/capabilities 200",
  getJwks: "GET /.well-known/jwks.json 200",
  getLiveness: "GET /health/live 200",
  getReadiness: "GET /health/ready 200",
  getMetrics: "GET /metrics 200",
};

const yaml = toYaml(JSON.parse(JSON.stringify(openApiDocument())));

/** An example has the name of its schema, or is one of a problem. */
const schemaOf = (example: string) => (example.endsWith("Problem") ? "Problem" : example);

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
    success: Object.keys(operation.responses).filter((status) => status < "300"),
  })),
);

describe("openapi.yaml", () => {
  test("is what the routes give", async () => {
    await expect(yaml).toMatchFileSnapshot("../../../openapi.yaml");
  });

  test("has every operation of the contract, and no other", () => {
    const described = operations.map(({ operationId, method, path, success }) => [
      operationId,
      `${method} ${path} ${success}`,
    ]);

    expect(Object.fromEntries(described)).toEqual(contract);
  });

  test("describes no operation that is not served, and the other way round", async () => {
    const { app, send } = startService();
    const paths = new Set(app.routes.map(({ path }) => path));
    const served: string[] = [];
    for (const path of [...paths].filter((path) => !/^\/($|\*|openapi|docs)/.test(path))) {
      const { headers } = await send("OPTIONS", path);
      const methods = headers.get("Allow")?.split(", ") ?? [];
      const pattern = path.replace(/:(\w+)/g, "{$1}");
      served.push(...methods.filter((name) => name !== "HEAD").map((name) => `${name} ${pattern}`));
    }

    expect(new Set(served)).toEqual(
      new Set(operations.map(({ method, path }) => `${method} ${path}`)),
    );
  });

  test("lists each code under the status that it is answered with", () => {
    const listed = operations.flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, response]) =>
        codesOf(response).map((code) => [code, Number(status)]),
      ),
    );
    const answered = Object.entries(problems).map(([code, [status]]) => [code, status]);

    expect(listed.length).toBeGreaterThan(100);
    expect(answered).toEqual(expect.arrayContaining(listed));
  });

  test("has examples that its own schemas take", () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addFormat("password", true);
    ajv.addSchema({ ...document }, "document");

    const refused = Object.entries(document.components.examples).filter(
      ([name, { value }]) => !ajv.validate(`document#/components/schemas/${schemaOf(name)}`, value),
    );

    expect(Object.keys(document.components.examples).length).toBeGreaterThan(10);
    expect(refused).toEqual([]);
  });

  test("shows an example of each problem that it declares", () => {
    const shown = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap((response) => exampleCodesOf(response)),
    );
    const declared = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap((response) => codesOf(response)),
    );

    expect(declared.length).toBeGreaterThan(100);
    expect(shown).toEqual(declared);
  });

  test("lists every reason that a member can be refused for", () => {
    const { MemberFault } = document.components.schemas;
    const written = globSync("src/{adapters,domain,http}/**/*.ts", { cwd: root }).flatMap(
      (file) => [...readFileSync(join(root, file), "utf8").matchAll(/\breason: "(\w+)"/g)],
    );
    // Reasons of other things: of a token's refusal, a log's entry, a sign-in's end.
    const others = ["lost_entries"];
    const found = new Set(written.map(([, reason = ""]) => reason));

    expect(found.size).toBeGreaterThan(10);
    expect([...found].filter((one) => !(one in reasons) && !others.includes(one))).toEqual([]);
    for (const reason of Object.keys(reasons)) {
      expect(JSON.stringify(MemberFault)).toContain(`\`${reason}\``);
    }
  });

  test("names no vendor", () => {
    expect(yaml).not.toMatch(/cognito|amazon|aws/i);
  });
});
