import { expect, test } from "vitest";
import { createMemoryEventHistory } from "../../../src/adapters/memory/index.ts";

test("a history in memory keeps the newest events and no more, and ends a page whose place is gone", async () => {
  const history = createMemoryEventHistory(10);
  const add = (count: number) => {
    for (let index = 0; index < count; index += 1)
      history.record({ type: "sign_in", outcome: "success", at: index });
  };
  add(25);
  const first = await history.listEvents({ limit: 6 });
  const second = await history.listEvents({ limit: 6, cursor: first.cursor ?? "" });
  add(100);
  const gone = await history.listEvents({ limit: 6, cursor: first.cursor ?? "" });

  expect(first.items.map(({ at }) => at)).toEqual([24, 23, 22, 21, 20, 19]);
  expect(second.items.map(({ at }) => at)).toEqual([18, 17, 16, 15]);
  expect(second.cursor).toBeUndefined();
  expect(gone).toEqual({ items: [] });
});
