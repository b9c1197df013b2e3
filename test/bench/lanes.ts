/** How many calls are under way at once. */
const lanes = 64;

/** Makes calls, the next as soon as one of those under way is through. Fails where one fails or gives `false`. */
export async function inLanes(calls: readonly (() => unknown)[]): Promise<void> {
  const remaining = calls.values();
  const lane = async () => {
    for (const call of remaining)
      if ((await call()) === false) throw new Error("A token was refused.");
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
