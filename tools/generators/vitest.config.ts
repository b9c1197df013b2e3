import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "generators",
    root: join(import.meta.dirname, "../.."),
    include: ["tools/generators/*.test.ts"],
    globalSetup: ["test/support/memory-service.setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
