import { expect, test } from "vitest";
import { unreadRequestResponse } from "../../../src/http/exchange/unread-request.ts";

test.each([400, 408, 413, 431] as const)(
  "a request that cannot be read is answered with %i as a problem, with the headers of all answers",
  async (status) => {
    const response = unreadRequestResponse(status);
    const problem = await response.json();

    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(response.headers.get("Strict-Transport-Security")).toMatch(/^max-age=/);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(problem).toMatchObject({ type: "about:blank", status });
    expect(problem.instance).toBe(`urn:uuid:${response.headers.get("X-Request-Id")}`);
  },
);
