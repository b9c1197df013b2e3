import { describe, expect, test } from "vitest";
import { readExposition } from "./exposition.ts";

const head = "# HELP requests Requests.\n# TYPE requests gauge\n";

describe("the reader of metrics", () => {
  test("reads the example of the format's own page", () => {
    const page = [
      "# HELP http_requests_total The total number of HTTP requests.",
      "# TYPE http_requests_total counter",
      'http_requests_total{method="post",code="200"} 1027 1395066363000',
      'http_requests_total{method="post",code="400"}    3 1395066363000'.replace("    ", " "),
      "# HELP duration_seconds A histogram of the request duration.",
      "# TYPE duration_seconds histogram",
      'duration_seconds_bucket{le="0.05"} 24054',
      'duration_seconds_bucket{le="0.1"} 33444',
      'duration_seconds_bucket{le="+Inf"} 144320',
      "duration_seconds_sum 53423",
      "duration_seconds_count 144320",
      "",
    ].join("\n");

    expect(readExposition(page).get("duration_seconds")?.lines).toHaveLength(5);
  });

  test.each([
    ["a line without a type", "requests 1\n"],
    ["a page whose last line does not end", `${head}requests 1`],
    ["a line of another metric", `${head}others 1\n`],
    ["a line twice", `${head}requests{a="b"} 1\nrequests{a="b"} 2\n`],
    ["a label with a bare quote", `${head}requests{a="b"c"} 1\n`],
    ["a label with an escape that there is not", `${head}requests{a="\\t"} 1\n`],
    ["a name that is none", "# HELP a-b c\n# TYPE a-b gauge\na-b 1\n"],
    ["a number that is none", `${head}requests undefined\n`],
    ["a metric in two places", `${head}requests 1\n${head}requests 2\n`],
    ["a counter without its ending", "# HELP hits Hits.\n# TYPE hits counter\nhits 1\n"],
    [
      "buckets that shrink",
      '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 3\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\n',
    ],
    [
      "a histogram without its last bucket",
      '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_sum 1\nh_count 2\n',
    ],
  ])("refuses %s", (_what, page) => {
    expect(() => readExposition(page)).toThrow();
  });
});
