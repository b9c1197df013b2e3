import type { Tracer } from "../../ports/index.ts";
import { missingPeer } from "../shared/peers/missing-peer.ts";
import { createOpenTelemetryTracer, type OpenTelemetryApi } from "./tracer.ts";

/**
 * Loads the API of OpenTelemetry and makes a tracer over it.
 *
 * @throws {Error} where the package `@opentelemetry/api` is missing
 */
export async function loadOpenTelemetryTracer(): Promise<Tracer> {
  return createOpenTelemetryTracer(await load());
}

/** By a name that no bundler sees, as whoever traces nothing shall not carry the package. */
async function load(): Promise<OpenTelemetryApi> {
  const specifier: string = "@opentelemetry/api";
  return import(/* @vite-ignore */ specifier).catch((cause) => {
    throw missingPeer(specifier, cause);
  });
}
