// Reads vitest's JSON report and prints "<passed> <failed>". A test that was skipped counts as failed,
// unless its title says that it is a known gap of a back end, which is registered with its reason.
//   node scripts/count-tests.mjs <report>
import { readFileSync } from "node:fs";
import process from "node:process";

const allowedSkip = "gap:";

/** @typedef {{ status: string, fullName: string }} Test */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Test[] }} File */
/** @type {{ testResults: File[] }} */
const report = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));

let passed = 0;
let gaps = 0;
/** @type {string[]} */
const faults = [];
for (const { name, status, message, assertionResults } of report.testResults) {
  const testFaults = assertionResults.map(judge).filter((fault) => fault !== undefined);
  faults.push(...testFaults.map((fault) => `${name}: ${fault}`));
  // A file that could not be loaded, or whose hooks failed, has no failing test to show for it.
  if (status === "failed" && testFaults.length === 0) faults.push(`${name}: ${message}`);
}

/** @param {Test} test @returns {string | undefined} what is wrong with it */
function judge({ status, fullName }) {
  if (status === "passed") {
    passed += 1;
    return undefined;
  }
  if (status !== "failed" && fullName.includes(allowedSkip)) {
    gaps += 1;
    return undefined;
  }
  return `${status === "failed" ? "failed" : "skipped without leave"}: ${fullName}`;
}

for (const fault of faults) console.error(fault);
console.error(`${passed} passed, ${faults.length} failed, ${gaps} known gaps`);
console.log(`${passed} ${faults.length}`);
process.exitCode = faults.length > 0 ? 1 : 0;
