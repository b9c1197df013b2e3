import { reportContract } from "./contract-report.ts";
import { reportCorpus } from "./corpus-report.ts";
import { reportDpop } from "./dpop-report.ts";
import { reportFetching } from "./fetching-report.ts";
import { reportMail } from "./mail-report.ts";
import { reportSession } from "./session-report.ts";

/**
 * What can be tried on a runtime, each by its name. They give what came of it as plain data, and are told where the
 * test's own server is, if they need one.
 */
export const reports = {
  contract: () => reportContract(),
  corpus: () => reportCorpus(),
  dpop: () => reportDpop(),
  fetching: (origin: string) => reportFetching(origin),
  mail: (origin: string) => reportMail(origin),
  session: (origin: string) => reportSession(origin),
};

export type ReportName = keyof typeof reports;

/** Makes the report of some name. */
export function report(name: string, origin: string): Promise<unknown> {
  if (!isReportName(name)) throw new Error(`There is no report ${name}.`);
  return reports[name](origin);
}

function isReportName(name: string): name is ReportName {
  return Object.hasOwn(reports, name);
}
