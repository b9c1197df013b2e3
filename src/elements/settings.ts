import { createClient } from "../client/create-client.ts";
import type { PorticoClient } from "./client.ts";
import type { ElementsOptions } from "./options.ts";

let options: ElementsOptions = {};
let own: PorticoClient | undefined;

/** Sets what all elements go by. */
export function configure(given: ElementsOptions): void {
  options = given;
}

/** The options that all elements go by. */
export function configured() {
  const { client, texts = {}, captcha } = options;
  return {
    texts,
    captcha,
    /** One for all elements, so that they know of each other's sign-ins. */
    client(): PorticoClient {
      own ??= client ?? createClient();
      return client ?? own;
    },
  };
}
