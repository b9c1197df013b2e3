import { IdentityError } from "../../domain/errors.ts";
import type { OperatorPage } from "../bearer/operator-token.ts";
import type { CountedRequest } from "../exchange/answering.ts";
import type { Handlers, Operations } from "../operation.ts";
import { MetricsText } from "../schemas/responses.ts";

/** The metrics of the service: what requests are told to, and the page that shows them. */
export interface MetricsPage extends OperatorPage {
  /** Counts a request that was answered. Returns at once and never throws. */
  readonly count: (request: CountedRequest) => void;
  /** Writes the page. */
  readonly write: () => string;
}

export const metricsOperations = {
  getMetrics: {
    method: "get",
    path: "/metrics",
    tag: "Service",
    summary: "Read the metrics",
    description:
      "Gives what this instance has counted since it started. Takes the token of `METRICS_TOKEN`, and where none is set up the machine that it runs on alone. Gets `not_found` without `METRICS=on`.",
    operator: true,
    answer: {
      status: 200,
      description: "The metrics.",
      schema: MetricsText,
      mediaType: "text/plain; version=0.0.4; charset=utf-8",
    },
    codes: [],
  },
} as const satisfies Operations;

export function metricsHandlers(page: MetricsPage | undefined): Handlers<typeof metricsOperations> {
  return {
    getMetrics() {
      if (!page) throw new IdentityError("not_found");
      return page.write();
    },
  };
}
