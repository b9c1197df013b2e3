// Reads vitest's JSON report and prints "<passed> <failed>". A test that was skipped counts as failed: what
// a back end lacks is a test as well, which sees it lacking (`gap: …`), so nothing has to be skipped.
//   node scripts/count-tests.mjs <report>
import { readFileSync } from "node:fs";
import process from "node:process";

/** @typedef {{ status: string, fullName: string }} Test */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Test[] }} File */
/** @type {{ testResults: File[] }} */
const report = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));

const passed = report.testResults
  .flatMap((file) => file.assertionResults)
  .filter((test) => test.status === "passed");
const gaps = passed.filter((test) => test.fullName.includes("gap: "));
const faults = report.testResults.flatMap(faultsOf);

/** @param {File} file */
function faultsOf({ name, status, message, assertionResults }) {
  const faulty = assertionResults
    .filter((test) => test.status !== "passed")
    .map((test) => `${name}: ${test.status}: ${test.fullName}`);
  // A file that could not be loaded, or whose hooks failed, has no failing test to show for it.
  return status === "failed" && faulty.length === 0 ? [`${name}: ${message}`] : faulty;
}

for (const fault of faults) console.error(fault);
console.error(
  `${passed.length} passed (${gaps.length} of them known gaps), ${faults.length} failed`,
);
console.log(`${passed.length} ${faults.length}`);
process.exitCode = faults.length > 0 ? 1 : 0;
