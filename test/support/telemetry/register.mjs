// Preloaded by whoever runs the service, it has its traces recorded: `node --import ./register.mjs`.

/** @param {string} name */
const load = (name) => import(name);
const { OTLPTraceExporter } = await load("@opentelemetry/exporter-trace-otlp-http");
const { NodeTracerProvider, SimpleSpanProcessor } = await load("@opentelemetry/sdk-trace-node");

// The address is that of OTEL_EXPORTER_OTLP_ENDPOINT, and what it sends is JSON.
new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
}).register();
