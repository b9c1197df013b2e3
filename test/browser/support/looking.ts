import type { Page } from "playwright-core";

/** Gives the faults that axe finds on what is shown now, each in a line. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  // Not as an element of the page, whose policy does not let that run.
  const axe = await import("axe-core");
  await page.evaluate(axe.default.source);
  return page.evaluate(async () => {
    const run = Reflect.get(globalThis, "axe").run;
    const { violations } = await run({ resultTypes: ["violations"] });
    return violations.flatMap(
      (one: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        one.nodes.map(({ html, failureSummary }) => `${one.id}: ${html} ${failureSummary}`),
    );
  });
}

/** Whether something is wider than the page. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
}
