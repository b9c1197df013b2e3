import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createKeyedLock } from "../../../src/adapters/shared/keyed-lock.ts";

/** A task that ends when it is told to, and tells when it began. */
function controlledTask() {
  const gate = Promise.withResolvers<void>();
  let hasBegun = false;
  const task = async () => {
    hasBegun = true;
    await gate.promise;
  };
  return { task, end: gate.resolve, hasBegun: () => hasBegun };
}

describe("a keyed lock", () => {
  test("runs the tasks of one key one after the other, in the order they came", async () => {
    const exclusively = createKeyedLock();
    const steps: string[] = [];
    const task = (name: string) => async () => {
      steps.push(`${name} starts`);
      await setImmediate();
      steps.push(`${name} ends`);
      return name;
    };

    const results = await Promise.all(
      ["a", "b", "c"].map((name) => exclusively("key", task(name))),
    );

    expect(steps).toEqual(["a", "b", "c"].flatMap((name) => [`${name} starts`, `${name} ends`]));
    expect(results).toEqual(["a", "b", "c"]);
  });

  test("is not forgotten as one task ends while another holds it", async () => {
    const exclusively = createKeyedLock();
    const [first, second, third] = [controlledTask(), controlledTask(), controlledTask()];
    const running = [exclusively("key", first.task), exclusively("key", second.task)];
    first.end();
    await setImmediate();

    running.push(exclusively("key", third.task));
    await setImmediate();
    const begun = [second.hasBegun(), third.hasBegun()];
    second.end();
    await setImmediate();

    expect(begun).toEqual([true, false]);
    expect(third.hasBegun()).toBe(true);
    third.end();
    await Promise.all(running);
  });

  test("keeps nothing of a key that no task holds or waits for", async () => {
    const forgotten: unknown[] = [];
    const { delete: forget } = Map.prototype;
    const spy = vi.spyOn(Map.prototype, "delete").mockImplementation(function (
      this: Map<unknown, unknown>,
      key: unknown,
    ) {
      forgotten.push(key);
      return forget.call(this, key);
    });
    onTestFinished(() => spy.mockRestore());
    const exclusively = createKeyedLock();

    await Promise.all(["one", "one", "other"].map((key) => exclusively(key, setImmediate)));
    await setImmediate();

    expect(forgotten.filter((key) => key === "one" || key === "other").toSorted()).toEqual([
      "one",
      "other",
    ]);
  });

  test("does not hold up the tasks of other keys", async () => {
    const exclusively = createKeyedLock();
    const never = exclusively("stuck", () => new Promise(() => undefined));

    const first = Promise.race([never, exclusively("free", async () => "done")]);

    await expect(first).resolves.toBe("done");
  });

  test("goes on after a task that fails, whose failure is its caller's", async () => {
    const exclusively = createKeyedLock();
    const failing = exclusively("key", async () => {
      throw new Error("failed");
    });
    const next = exclusively("key", async () => "done");

    await expect(failing).rejects.toThrow("failed");
    await expect(next).resolves.toBe("done");
  });
});
