import { processSuite } from "./process-suite.ts";
import { runtimeSuite } from "./runtime-suite.ts";
import { settingsSuite } from "./settings-suite.ts";
import { sickUpstreamSuite } from "./sick-upstream-suite.ts";

runtimeSuite("deno");
sickUpstreamSuite("deno");
settingsSuite("deno");
processSuite("deno");
