import { runKit } from "./report.ts";

console.log(JSON.stringify(await runKit()));
