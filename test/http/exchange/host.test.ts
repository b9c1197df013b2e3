import { describe, expect, test } from "vitest";
import { startService } from "../support.ts";

describe("the Host header", () => {
  test.each(["localhost", "localhost:8080", "127.0.0.1:80", "[::1]:8080", "my_service.internal"])(
    "is taken as %s",
    async (Host) => {
      const { app } = startService();

      const { status } = await app.request("/health/live", { headers: { Host } });

      expect(status).toBe(200);
    },
  );

  test.each([
    "localhost/health/live?",
    "localhost#",
    "ada@localhost",
    "a b",
    "[::1",
    "localhost:port",
    "localhost, localhost",
    "%00",
  ])("is refused as %s", async (Host) => {
    const { app } = startService();

    const response = await app.request("/health/live", { headers: { Host } });

    expect(response.status).toBe(400);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(response.headers.has("X-Request-Id")).toBe(true);
    expect(await response.json()).toMatchObject({ code: "malformed_request" });
  });
});
