/** The module that only Workers have. @see https://developers.cloudflare.com/workers/runtime-apis/context/ */
declare module "cloudflare:workers" {
  /** Lets work outlive the request that is under way. */
  export function waitUntil(work: Promise<unknown>): void;
  /** Records spans, where the Worker's settings say so. */
  export const tracing: {
    enterSpan<T>(
      name: string,
      work: (span: { setAttribute(name: string, value: string | number): void }) => T,
    ): T;
  };
}
