import process from "node:process";
import { pathToFileURL } from "node:url";
import { serve } from "../../src/node.ts";

/** Serves a module of the kind that the other runtimes serve by themselves: its default export has a `fetch`. */
const [, , path = ""] = process.argv;
const { default: module } = await import(pathToFileURL(path).href);
await serve({ fetch: module.fetch, host: "127.0.0.1", port: Number(process.env.PORT) });
