import { expect, test } from "vitest";
import { identityErrorCodes } from "../../src/domain/errors.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { faultsOf, scrollsSideways } from "./support/looking.ts";
import { startOnMemory } from "./support/services.ts";

for (const colorScheme of ["light", "dark"] as const) {
  describeInBrowser(`the pages on problems, ${colorScheme}`, () => {
    test("are clean to axe, and fit into 320 pixels", async () => {
      const { url } = await startOnMemory();
      const viewport = { width: 320, height: 640 };
      const { page, faults } = await openPage({ colorScheme, viewport });
      const found: string[] = [];

      for (const code of identityErrorCodes) {
        await page.goto(`${url}/problems/${code}`);
        if (await scrollsSideways(page)) found.push(`${code} is too wide`);
      }
      // All are made alike: one of many operations, of few, and of none.
      for (const code of ["rejected_by_policy", "alias_taken", "method_not_allowed"]) {
        await page.goto(`${url}/problems/${code}`);
        found.push(...(await faultsOf(page)).map((fault) => `${code}: ${fault}`));
      }

      expect(found).toEqual([]);
      expect(faults).toEqual([]);
      // The style counts: the policy lets it.
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(colour).toBe(colorScheme === "dark" ? "rgb(25, 28, 39)" : "rgb(255, 255, 255)");
    });
  });
}
