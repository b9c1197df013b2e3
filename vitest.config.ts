import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Titles have the whole value that they name: cut at the usual forty characters, many cases would read alike. */
const titles = { taskTitleValueFormatTruncate: 0 };

export default defineConfig({
  test: {
    // On two cores one would be left idle by default, as most tests wait for servers that are processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...titles,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/contract/**", "test/runtime/**", "test/fuzz/**", "test/browser/**"],
          testTimeout: 10_000,
        },
      },
      {
        // The Cognito adapter once more, over the transport that Workers have in the SDK's place, and with WebCrypto alone.
        resolve: {
          alias: [
            {
              find: /^.*\/transport-sdk\.ts$/,
              replacement: join(
                import.meta.dirname,
                "src/adapters/cognito/wire/transport-fetch.ts",
              ),
            },
          ],
        },
        test: {
          ...titles,
          name: "edge-transport",
          include: ["test/adapters/cognito/**/*.test.ts", "test/contract/cognito-strict.test.ts"],
          setupFiles: ["test/support/no-node-crypto.setup.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...titles,
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          globalSetup: ["test/support/docker.setup.ts"],
          // The first container of a run may have to build its image.
          testTimeout: 30_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...titles,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          // Pages answer when they have been answered.
          expect: { poll: { timeout: 8_000 } },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...titles,
          name: "fuzz",
          include: ["test/fuzz/**/*.test.ts"],
          globalSetup: ["test/support/worker-bundle.setup.ts"],
        },
      },
      {
        test: {
          ...titles,
          name: "runtime",
          include: ["test/runtime/**/*.test.ts"],
          globalSetup: ["test/support/worker-bundle.setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
