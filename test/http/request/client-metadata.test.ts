import { describe, expect, test } from "vitest";
import type { IdentityProvider, Ports } from "../../../src/ports/index.ts";
import { administrators } from "../admin-support.ts";
import { account, password, startService, username } from "../support.ts";

const said = { campaign: "spring" };

/** A service whose provider takes note of what goes to the operator's code, by method. */
async function startNoting(clientMetadata: readonly string[] = ["campaign"]) {
  const noted: Partial<Record<keyof IdentityProvider, unknown>> = {};
  const ports = ({ identity }: Ports): Partial<Ports> => ({
    identity: new Proxy(identity, {
      get(provider, name: keyof IdentityProvider) {
        const method: unknown = provider[name];
        if (typeof method !== "function") return method;
        return (input: { readonly clientMetadata?: unknown }) => {
          if (input?.clientMetadata) noted[name] = input.clientMetadata;
          return method.call(provider, input);
        };
      },
    }),
  });
  const service = startService({ clientMetadata, administrators, ports });
  return { ...service, noted };
}

describe("client metadata", () => {
  test("goes to the provider with each call that can have it along", async () => {
    const { send, noted, lastCode, adminToken } = await startNoting();
    const post = (path: string, body: object, token?: string) =>
      send("POST", path, { body: { ...body, client_metadata: said }, ...(token && { token }) });

    await post("/v1/sign-up", account);
    await post("/v1/sign-up/resend", { username });
    await post("/v1/sign-up/confirm", { username, code: lastCode() });
    const { text } = await post("/v1/sign-in", { username, password });
    await post("/v1/token/refresh", { refresh_token: JSON.parse(text).tokens.refresh_token });
    await post("/v1/password/forgot", { username });
    const code = lastCode();
    await post("/v1/password/reset", { username, code, new_password: "Other-Horse-9" });
    const again = await post("/v1/sign-in", { username, password: "Other-Horse-9" });
    const { access_token: token } = JSON.parse(again.text).tokens;
    const changes = { attributes: { nickname: "Ada" }, client_metadata: said };
    await send("PATCH", "/v1/me", { token, body: changes });
    const admin = await adminToken();
    await post("/v1/admin/users", { username: "eve@example.com" }, admin);
    await send("PATCH", `/v1/admin/users/${username}`, { token: admin, body: changes });
    const invited = { username: "eve@example.com", password: lastCode("eve@example.com") };
    const begun = await post("/v1/sign-in", invited);
    const { session } = JSON.parse(begun.text).challenge;
    const answer = { type: "new_password", session, new_password: "Other-Horse-9" };
    await post("/v1/sign-in/challenge", answer);

    const methods = [
      ...["signUp", "resendConfirmation", "confirmSignUp", "signIn", "answerChallenge", "refresh"],
      ...["startPasswordReset", "resetPassword", "updateAttributes", "createUser", "updateUser"],
    ];
    expect(noted).toEqual(Object.fromEntries(methods.map((method) => [method, said])));
  });

  test.each([
    [[], { campaign: "spring" }, ["/client_metadata/campaign"]],
    [["campaign"], { campaign: "spring", role: "admin" }, ["/client_metadata/role"]],
    [
      ["campaign"],
      { "a/b": "", Campaign: "" },
      ["/client_metadata/a~1b", "/client_metadata/Campaign"],
    ],
    [["campaign"], {}, []],
  ])("with %j listed, of %j is refused: %j", async (listed, client_metadata, refused) => {
    const { send, noted } = await startNoting(listed);

    const { status, body } = await send("POST", "/v1/sign-up", {
      body: { ...account, client_metadata },
    });

    expect(status).toBe(refused.length > 0 ? 400 : 201);
    expect(body.errors ?? []).toEqual(
      refused.map((pointer) => ({ pointer, reason: "not_allowed" })),
    );
    expect(noted).toEqual(refused.length > 0 ? {} : { signUp: {} });
  });

  test.each([
    ["a text", { client_metadata: "spring" }, "/client_metadata"],
    ["of a number", { client_metadata: { campaign: 1 } }, "/client_metadata/campaign"],
    [
      "of too long a text",
      { client_metadata: { campaign: "x".repeat(2049) } },
      "/client_metadata/campaign",
    ],
  ])("is blamed where it is %s", async (_form, members, pointer) => {
    const { send } = await startNoting();

    const { status, body } = await send("POST", "/v1/sign-in", {
      body: { username, password, ...members },
    });

    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer })]]);
  });

  test("is of no use to an operation that runs no such code", async () => {
    const { send, signedIn } = await startNoting();
    const { refresh_token } = await signedIn();

    const { status } = await send("POST", "/v1/sign-out", {
      body: { refresh_token, client_metadata: said },
    });

    expect(status).toBe(400);
  });
});
