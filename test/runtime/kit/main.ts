import { argv } from "node:process";
import { report } from "./reports.ts";

const [, , name = "", origin = ""] = argv;
console.log(JSON.stringify(await report(name, origin)));
