import { describe, expect, test } from "vitest";
import { readPageSettings } from "../../src/service/pages.ts";

const secrets = { SESSION_SECRETS: "s".repeat(32) };

describe("the settings of the pages", () => {
  test("serve them in development, with the messages that are not sent", () => {
    expect(readPageSettings({}, true)).toEqual({
      ok: true,
      value: {
        pages: { returnOrigins: [], showsOutbox: true },
        notice: expect.stringContaining("/sign-in"),
      },
    });
  });

  test("do not serve them elsewhere unless they say so, and never with messages", () => {
    expect(readPageSettings(secrets, false)).toEqual({ ok: true, value: {} });
    expect(readPageSettings({ PAGES: "on", ...secrets }, false)).toEqual({
      ok: true,
      value: { pages: { returnOrigins: [], showsOutbox: false } },
    });
  });

  test("can turn them off in development", () => {
    expect(readPageSettings({ PAGES: "off" }, true)).toEqual({ ok: true, value: {} });
  });

  test("want a secret for the cookies of the sessions", () => {
    expect(readPageSettings({ PAGES: "on" }, false)).toEqual({
      ok: false,
      faults: ["SESSION_SECRETS: is required where PAGES is on"],
    });
  });

  test("list the origins that the browser may be taken back to", () => {
    const RETURN_TO_ORIGINS = "https://app.example.com, http://localhost:3000";

    expect(readPageSettings({ RETURN_TO_ORIGINS }, true)).toMatchObject({
      value: { pages: { returnOrigins: ["https://app.example.com", "http://localhost:3000"] } },
    });
  });

  test.each(["https://app.example.com/", "http://app.example.com", "*", "https://*.example.com"])(
    "take no %s for an origin",
    (RETURN_TO_ORIGINS) => {
      expect(readPageSettings({ RETURN_TO_ORIGINS }, true)).toMatchObject({ ok: false });
    },
  );
});
