import { describe, expect, test } from "vitest";
import { createCognitoServer } from "../../../src/testing/index.ts";
import { makePool, startStrictCognito } from "../../support/cognito-strict.ts";

const origin = "https://app.example";
const target = "AWSCognitoIdentityProviderService.InitiateAuth";

/** Sends what aws-amplify sends from a page. */
function callFromPage(fetch: (request: Request) => Promise<Response>, body: unknown) {
  return fetch(
    new Request("http://127.0.0.1/", {
      method: "POST",
      headers: {
        origin,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": target,
        "cache-control": "no-store",
      },
      body: JSON.stringify(body),
    }),
  );
}

describe("a page of another origin", () => {
  // https://github.com/aws-amplify/amplify-js/issues/11034
  test("a preflight of the API allows POST with the headers that were asked for", async () => {
    const { fetch } = createCognitoServer();
    const wanted = "cache-control,content-type,x-amz-target,x-amz-user-agent";

    const response = await fetch(
      new Request("http://127.0.0.1/", {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": wanted,
        },
      }),
    );

    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": wanted,
      "access-control-max-age": "172800",
    });
  });

  test("an exception can be read by the page, by its headers too", async () => {
    const { fetch } = createCognitoServer();

    const response = await callFromPage(fetch, { ClientId: "nobody", AuthFlow: "USER_SRP_AUTH" });

    expect(response.status).toBe(400);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
      "x-amzn-errortype": "ResourceNotFoundException:",
      "x-amzn-errormessage": "User pool client nobody does not exist.",
    });
  });

  test("an exception whose message is no header's text is answered all the same", async () => {
    const { fetch } = createCognitoServer();

    const response = await callFromPage(fetch, { ClientId: "é\nü", AuthFlow: "USER_SRP_AUTH" });

    expect(await response.json()).toMatchObject({ __type: "InvalidParameterException" });
  });

  test.each(["jwks.json", "openid-configuration"])(
    "the document %s of a pool can be read by the page",
    async (name) => {
      const cognito = await startStrictCognito();
      const address = `${cognito.endpoint}/${await makePool(cognito)}/.well-known/${name}`;

      const response = await fetch(address, { headers: { origin } });
      const preflight = await fetch(address, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
      });
      await cognito.close();

      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(preflight.status).toBe(200);
      expect(preflight.headers.get("access-control-allow-methods")).toBe("GET");
    },
  );

  test("a caller that is no page gets none of a page's headers", async () => {
    const { fetch } = createCognitoServer();

    const response = await fetch(new Request("http://127.0.0.1/", { method: "POST" }));
    const options = await fetch(new Request("http://127.0.0.1/", { method: "OPTIONS" }));

    expect(response.headers.has("access-control-allow-origin")).toBe(false);
    expect(options.status).toBe(400);
  });
});
