import { describe, expect, it, vi } from "vitest";
import { readBounded } from "../../../src/adapters/shared/bounded-body.ts";

const mebibyte = 1_048_576;

/** A body of such lengths, each a part, and how many parts of it were asked for. */
function parts(lengths: readonly number[]) {
  const asked = vi.fn();
  async function* body() {
    for (const length of lengths) {
      asked();
      yield new Uint8Array(length).fill(7);
    }
  }
  return { body: body(), asked };
}

describe("a body", () => {
  it("is read whole up to a mebibyte, however it comes", async () => {
    const { body } = parts([1, 0, mebibyte - 2, 1]);

    const bytes = await readBounded(body);

    expect([bytes.length, bytes.every((byte) => byte === 7)]).toEqual([mebibyte, true]);
    expect(await readBounded(new Response(bytes).body ?? body)).toEqual(bytes);
    expect(await readBounded(parts([]).body)).toEqual(new Uint8Array(0));
  });

  it("is read no further than it may be long, and called off", async () => {
    const { body, asked } = parts([mebibyte, 1, 1, 1]);

    await expect(readBounded(body)).rejects.toThrow("too long");

    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("that is a stream is called off as well", async () => {
    const cancel = vi.fn();
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) =>
      controller.enqueue(new Uint8Array(mebibyte / 4)),
    );

    await expect(readBounded(new ReadableStream({ pull, cancel }))).rejects.toThrow("too long");

    expect(cancel).toHaveBeenCalledTimes(1);
    expect(pull.mock.calls.length).toBeLessThan(8);
  });
});
