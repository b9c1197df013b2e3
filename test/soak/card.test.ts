import { describe, expect, test } from "vitest";
import { memoryGrowth, missesOf, type Soaked, writeCard } from "./card.ts";
import { createSightings } from "./client.ts";
import { readForm } from "./forms.ts";
import { drawRuns } from "./plot.ts";

const judged = readForm([]);
const second = (memoryMiB: number) => ({ memoryMiB, underWay: 3 });

function run(changes: Partial<Soaked> = {}): Soaked {
  return {
    runtime: "node",
    seconds: Array.from({ length: 30 }, () => second(100)),
    sightings: createSightings(),
    sessions: 10,
    lost: 0,
    delaysMs: [1, 2, 3],
    ...changes,
  };
}

describe("the bars of the card", () => {
  test("are met by a run in which nothing went wrong", () => {
    expect(missesOf(judged, [run()], [])).toEqual([]);
  });

  test("are missed by a session that is lost, a false sign-out and an undeclared answer, under load or in an outage", () => {
    const sightings = createSightings();
    sightings.falseSignOuts.push("getSession 401");
    sightings.undeclared.push("getSession 418");
    const outage = { name: "an outage", sessions: 10, lost: 2, sightings: createSightings() };

    expect(missesOf(judged, [run({ sightings })], [outage])).toEqual([
      "node: false sign-out: getSession 401",
      "node: undeclared: getSession 418",
      "an outage: 2 sessions lost",
    ]);
  });

  test("are missed by memory that grows from the middle third to the last, whatever it did before", () => {
    const memory = (middle: number, last: number) =>
      [10, middle, last].flatMap((amount) => Array.from({ length: 10 }, () => second(amount)));

    expect(memoryGrowth(memory(100, 104))).toBeCloseTo(0.04);
    expect(missesOf(judged, [run({ seconds: memory(100, 104) })], [])).toEqual([]);
    expect(missesOf(judged, [run({ seconds: memory(100, 106) })], [])).toEqual([
      "node: memory grows",
    ]);
  });

  test("are missed by an event loop that one timer in a hundred waits 50 ms for", () => {
    const delaysMs = [...Array.from({ length: 98 }, () => 1), 60, 60];

    expect(missesOf(judged, [run({ delaysMs })], [])).toEqual([
      "node: the event loop is kept busy",
    ]);
  });

  test("but for memory and delays, hold for a short run as well", () => {
    const seconds = [second(1), second(2), second(9)];

    const short = readForm(["--form", "short"]);

    expect(missesOf(short, [run({ seconds, delaysMs: [900], lost: 1 })], [])).toEqual([
      "node: 1 sessions lost",
    ]);
  });
});

test("the card tells what was done, and what became of it", () => {
  const card = writeCard(judged, [run(), run({ runtime: "worker", delaysMs: [] })], []);

  expect(card).toContain("Every bar is met");
  expect(card).toContain("500 requests a second");
  expect(card).toMatch(/^\| worker, 30 s \| .* \| not told \| 100 MiB, 0.0 % \|$/m);
  expect(card).toMatch(/of \d+ changes to what guards/);
});

test("the picture has a curve for memory and one for requests under way, of each run", () => {
  const svg = drawRuns([run(), run({ runtime: "bun" })]);

  expect(svg.match(/<polyline/g)).toHaveLength(4);
  expect(svg).toContain("bun: memory in MiB");
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("the form is read from the command line, and what is no form is refused", () => {
  expect(readForm([])).toMatchObject({ name: "long", rate: 500, seconds: { node: 1_800 } });
  expect(readForm(["--form", "ci", "--runtimes", "bun,node", "--seconds", "5"])).toMatchObject({
    name: "ci, changed",
    seconds: { node: 5, bun: 5 },
  });
  expect(() => readForm(["--form", "tiny"])).toThrow(TypeError);
  expect(() => readForm(["--rate", "-1"])).toThrow(TypeError);
});
