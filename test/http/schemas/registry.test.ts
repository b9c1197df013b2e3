import { expect, test } from "vitest";
import * as z from "zod/mini";
import { createApp } from "../../../src/http/app.ts";
import { schemas } from "../../../src/http/schemas/registry.ts";
import { compose } from "../../../src/service/compose.ts";
import { readEnvironment } from "../../../src/service/settings.ts";

const namesOfMade = () => Object.keys(z.toJSONSchema(schemas).schemas);

test("a service makes the schemas of the requests that it gets, and no others", async () => {
  const { ports, options } = compose(readEnvironment({ LOG_LEVEL: "silent" }));
  const app = createApp(ports, options);
  const made = [namesOfMade()];

  await app.request("/health/live");
  made.push(namesOfMade());
  for (const body of ["{}", '{"refresh_token":""}']) {
    const headers = { "Content-Type": "application/json" };
    await app.request("/v1/token/refresh", { method: "POST", headers, body });
    made.push(namesOfMade());
  }

  expect(made).toEqual([[], [], ["RefreshTokenRequest"], ["RefreshTokenRequest"]]);
});
