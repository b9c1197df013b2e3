import { expect } from "vitest";
import type { Family } from "../http-case.ts";

export const capabilities: Family = {
  name: "capabilities",
  cases: [
    {
      name: "tells whoever asks what the service can do, and how long that may be kept",
      async run({ client }) {
        const { data, response } = await client.GET("/v1/capabilities");
        expect(response.headers.get("Cache-Control")).toBe("public, max-age=60");
        expect(response.headers.get("ETag")).toMatch(/^"[0-9a-f]+"$/);
        expect(data?.sign_in.first_factors).toContain("password");
        expect(typeof data?.recovery).toBe("boolean");
      },
    },
    {
      name: "sends nothing to whoever has it already",
      async run({ client, send }) {
        const { response } = await client.GET("/v1/capabilities");
        const tag = response.headers.get("ETag") ?? "";
        const again = await send("GET", "/v1/capabilities", {
          headers: { "If-None-Match": `"other", W/${tag}` },
        });
        const other = await send("GET", "/v1/capabilities", {
          headers: { "If-None-Match": '"other"' },
        });
        expect([again.status, again.body]).toEqual([304, ""]);
        expect(again.headers.get("etag")).toBe(tag);
        expect(other.status).toBe(200);
      },
    },
    {
      name: "tells the rules for passwords as they are",
      async run({ client, register }) {
        const { data } = await client.GET("/v1/capabilities");
        // Where the service does not know them it says nothing.
        if (!data?.password) return;
        const { username } = await register();
        const password = "Aa1!".repeat(99).slice(0, data.password.min_length - 1);
        const body = { username: `new-${username}`, password };
        const { error } = await client.POST("/v1/sign-up", { body });
        expect(error?.code).toBe("password_policy_violation");
      },
    },
  ],
};
