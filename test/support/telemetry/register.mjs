// What whoever runs the service preloads to have its traces recorded: `node --import ./register.mjs`.
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

// The address is that of OTEL_EXPORTER_OTLP_ENDPOINT, and what it sends is JSON.
new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
}).register();
