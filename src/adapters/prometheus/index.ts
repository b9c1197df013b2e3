export { createMetricsPage, type MetricsRegistry } from "./registry.ts";
