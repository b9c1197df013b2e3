import { describe, expect, test } from "vitest";
import { protectedResourceMetadata, resourceMetadataUrl } from "../../src/jwt.ts";
import { startService } from "./support.ts";

const path = "/.well-known/oauth-protected-resource";
const resource = {
  resource: "https://id.example",
  authorizationServers: ["https://issuer.example/pool"],
};

describe("GET /.well-known/oauth-protected-resource", () => {
  test("names the resource and its issuer as the settings do, whatever the Host is", async () => {
    const { send } = startService({ resource });

    const { status, body, headers } = await send("GET", path, {
      headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example" },
    });

    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(body).toEqual({
      resource: "https://id.example",
      authorization_servers: ["https://issuer.example/pool"],
      bearer_methods_supported: ["header"],
    });
  });

  test("is named by each challenge", async () => {
    const { send } = startService({ resource });

    const bare = await send("GET", "/v1/session");
    const refused = await send("GET", "/v1/session", { token: "gar.ba.ge" });

    const prefix = `Bearer realm="portico", resource_metadata="https://id.example${path}"`;
    expect(bare.headers.get("WWW-Authenticate")).toBe(prefix);
    expect(refused.headers.get("WWW-Authenticate")).toBe(
      `${prefix}, error="invalid_token", error_description="malformed"`,
    );
  });

  test("is not there where the service was not told its address", async () => {
    const { send } = startService();

    const { status, body } = await send("GET", path);

    expect([status, body.code]).toEqual([404, "not_found"]);
  });
});

describe("the metadata of any protected resource", () => {
  test("tells its scopes, where it is given some", () => {
    const metadata = protectedResourceMetadata({ ...resource, scopes: ["orders/read"] });

    expect(metadata.scopes_supported).toEqual(["orders/read"]);
  });

  test.each([
    ["https://api.example", `https://api.example${path}`],
    ["https://api.example/", `https://api.example${path}`],
    ["https://api.example:8443/v1/orders", `https://api.example:8443${path}/v1/orders`],
  ])("of %s is at %s", (identifier, url) => {
    expect(resourceMetadataUrl(identifier)).toBe(url);
  });
});

describe("protectedResourceMetadata", () => {
  test("names what proofs may be signed with, where there are any", () => {
    const metadata = protectedResourceMetadata({ ...resource, dpopAlgorithms: ["ES256"] });

    expect(metadata.dpop_signing_alg_values_supported).toEqual(["ES256"]);
  });
});
