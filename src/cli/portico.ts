#!/usr/bin/env node
import { whereNodeSuffices } from "./node-version.ts";

await whereNodeSuffices(() => import("./main.ts"));
