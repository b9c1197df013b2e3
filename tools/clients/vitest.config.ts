import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "clients",
    root: join(import.meta.dirname, "../.."),
    include: ["tools/clients/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
