import { processSuite } from "./process-suite.ts";
import { runtimeSuite } from "./runtime-suite.ts";
import { settingsSuite } from "./settings-suite.ts";
import { sickUpstreamSuite } from "./sick-upstream-suite.ts";

runtimeSuite("node");
sickUpstreamSuite("node");
settingsSuite("node");
processSuite("node");
