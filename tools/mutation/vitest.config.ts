import { defineConfig } from "vitest/config";

// Random tests are left out: what they notice, they might not notice the next time.
export default defineConfig({
  test: {
    include: [
      "test/adapters/jwt/**/*.test.ts",
      "test/testing/token-verifier.test.ts",
      "test/adapters/cognito/{errors,faults}.test.ts",
      "test/http/problem.test.ts",
    ],
    exclude: ["test/adapters/jwt/properties.test.ts"],
    testTimeout: 10_000,
  },
});
