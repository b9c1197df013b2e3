import { PorticoError } from "./errors.ts";

/**
 * Waits for a part of the client that is loaded when it is used.
 *
 * @throws {PorticoError} `network_error` — it cannot be loaded
 */
export function late<Part>(loading: Promise<Part>): Promise<Part> {
  return loading.catch((cause) => {
    throw new PorticoError("network_error", { cause });
  });
}
