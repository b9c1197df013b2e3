import process from "node:process";
import { startNodeService } from "./node-service.ts";

await startNodeService(process.env);
