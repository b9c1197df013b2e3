import { runtimeSuite } from "./runtime-suite.ts";
import { settingsSuite } from "./settings-suite.ts";
import { sickUpstreamSuite } from "./sick-upstream-suite.ts";

runtimeSuite("worker");
sickUpstreamSuite("worker");
settingsSuite("worker");
