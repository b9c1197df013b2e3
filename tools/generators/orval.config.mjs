import { join } from "node:path";

const here = import.meta.dirname;

/** The client that asks by `fetch`, through a function that knows where the service is. */
export default {
  portico: {
    input: join(here, "..", "..", "openapi.yaml"),
    output: {
      target: join(here, "generated", "orval", "client.ts"),
      client: "fetch",
      override: { mutator: { path: join(here, "orval-fetch.ts"), name: "askService" } },
    },
  },
};
