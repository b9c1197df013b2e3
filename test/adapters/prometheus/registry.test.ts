import { describe, expect, test } from "vitest";
import { createMetricsPage } from "../../../src/adapters/prometheus/index.ts";
import { readExposition } from "../../support/exposition.ts";

const about = { name: "things_total", help: "Things." };

describe("a page of metrics", () => {
  test("is empty where there is nothing to count", () => {
    expect(createMetricsPage().write()).toBe("");
  });

  test("has a counter from the start, and each of its labels from the first count on", () => {
    const page = createMetricsPage();
    const plain = page.counter(about);
    const labelled = page.counter({ name: "more_total", help: "More." }, ["kind"]);
    expect(readExposition(page.write()).get("things_total")?.lines[0]?.value).toBe(0);
    expect(page.write()).not.toContain("more_total");

    plain(2);
    plain(3);
    labelled(1, "a");
    labelled(4, "b");
    labelled(1, "a");

    expect(page.write()).toBe(
      [
        "# HELP things_total Things.",
        "# TYPE things_total counter",
        "things_total 5",
        "# HELP more_total More.",
        "# TYPE more_total counter",
        'more_total{kind="a"} 2',
        'more_total{kind="b"} 4',
        "",
      ].join("\n"),
    );
  });

  test("counts a value in the bucket of its bound, and in all that are larger", () => {
    const page = createMetricsPage();
    const seconds = page.histogram({ name: "s", help: "S." }, [0.1, 1], ["route"]);

    for (const value of [0.1, 0.5, 1, 7]) seconds(value, "/a");

    const lines = readExposition(page.write()).get("s")?.lines ?? [];
    expect(lines.map(({ value }) => value)).toEqual([1, 3, 4, 8.6, 4]);
    expect(lines[0]?.labels).toEqual({ route: "/a", le: "0.1" });
  });

  test.each(['say "hello"', "back\\slash", "new\nline", "\\n", "", "ünï€", '"} 1\nother 2'])(
    "writes the label %j so that it is read as it was",
    (label) => {
      const page = createMetricsPage();
      page.counter(about, ["kind"])(1, label);

      const metrics = readExposition(page.write());
      expect([...metrics.keys()]).toEqual(["things_total"]);
      expect(metrics.get("things_total")?.lines[0]?.labels.kind).toBe(label);
    },
  );

  test("writes a help of several lines as one", () => {
    const page = createMetricsPage();
    page.gauge({ name: "g", help: "One\ntwo \\ three" }, () => 1);

    expect(readExposition(page.write()).get("g")?.help).toBe("One\\ntwo \\\\ three");
  });

  test("reads gauges when it is written, and leaves out those with nothing to tell", () => {
    const page = createMetricsPage();
    let value: number | undefined;
    page.gauge({ name: "g", help: "G." }, () => value);
    page.readCounter({ name: "c_total", help: "C." }, () => value);
    expect(page.write()).toBe("");

    for (value of [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, 1e-7]) {
      expect(
        readExposition(page.write().replace(/# HELP c_total[\s\S]*/, "")).get("g")?.lines[0]?.value,
      ).toBe(value);
    }
    expect([...readExposition(page.write()).keys()]).toEqual(["g", "c_total"]);
  });
});
