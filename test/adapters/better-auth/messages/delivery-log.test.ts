import { expect, test } from "vitest";
import { compose } from "../../../../src/service/compose.ts";
import { readEnvironment } from "../../../../src/service/settings.ts";
import { ada, createDatabaseFile, secret } from "../support.ts";

test("a message that could not be sent after the answer is an event, and a line that says why", async () => {
  const { path } = await createDatabaseFile();
  const lines: Record<string, unknown>[] = [];
  const environment = {
    IDENTITY_PROVIDER: "better-auth",
    DATABASE_URL: `file:${path}`,
    BETTER_AUTH_SECRET: secret,
    // Nobody listens there.
    BETTER_AUTH_MESSAGE_URL: "http://127.0.0.1:1/messages",
  };
  const { ports, settled } = compose(readEnvironment(environment), {
    print: (line) => lines.push(JSON.parse(line)),
  });

  const result = await ports.identity.signUp(ada);
  await settled?.();

  expect(result.status).toBe("confirmation_required");
  const common = { event: "message_delivery", outcome: "failure" };
  expect(lines).toEqual([
    expect.objectContaining({ ...common, level: "warn", code: "delivery_failed" }),
    expect.objectContaining({ ...common, level: "error", purpose: "sign_up_confirmation" }),
  ]);
  expect(lines[0]?.subject).toMatch(/^\w+$/);
  expect(lines[1]?.reason).toMatch(/^\w+$/);
  expect(JSON.stringify(lines)).not.toContain(ada.username);
});
