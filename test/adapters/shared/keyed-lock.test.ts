import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createKeyedLock } from "../../../src/adapters/shared/keyed-lock.ts";

describe("a keyed lock", () => {
  it("runs the tasks of one key one after the other, in the order they came", async () => {
    const exclusively = createKeyedLock();
    const steps: string[] = [];
    const task = (name: string) => async () => {
      steps.push(`${name} starts`);
      await setImmediate();
      steps.push(`${name} ends`);
    };

    await Promise.all(["a", "b", "c"].map((name) => exclusively("key", task(name))));

    expect(steps).toEqual(["a", "b", "c"].flatMap((name) => [`${name} starts`, `${name} ends`]));
  });

  it("is not forgotten as one task ends while another holds it", async () => {
    const exclusively = createKeyedLock();
    const gate = Promise.withResolvers<void>();
    const steps: string[] = [];
    const first = exclusively("key", async () => void steps.push("first"));
    const second = exclusively("key", () => gate.promise.then(() => void steps.push("second")));
    await first;
    await setImmediate();

    const third = exclusively("key", async () => void steps.push("third"));
    await setImmediate();
    gate.resolve();
    await Promise.all([second, third]);

    expect(steps).toEqual(["first", "second", "third"]);
  });

  it("does not hold up the tasks of other keys", async () => {
    const exclusively = createKeyedLock();
    const never = exclusively("stuck", () => new Promise(() => undefined));

    await expect(Promise.race([never, exclusively("free", async () => "done")])).resolves.toBe(
      "done",
    );
  });

  it("goes on after a task that fails, whose failure is its caller's", async () => {
    const exclusively = createKeyedLock();
    const failing = exclusively("key", async () => {
      throw new Error("failed");
    });
    const next = exclusively("key", async () => "done");

    await expect(failing).rejects.toThrow("failed");
    await expect(next).resolves.toBe("done");
  });
});
