import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "cdk",
    root: join(import.meta.dirname, "../.."),
    include: ["tools/cdk/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
