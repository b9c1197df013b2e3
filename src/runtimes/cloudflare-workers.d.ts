/** The module that only Workers have. @see https://developers.cloudflare.com/workers/runtime-apis/context/ */
declare module "cloudflare:workers" {
  /** Lets work outlive the request that is under way. */
  export function waitUntil(work: Promise<unknown>): void;
}
