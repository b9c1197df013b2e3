import { ContractFailure } from "../expectations.ts";

/** Makes the runtime's own `fetch` fail, and gives what puts it back. */
export function forbidFetching(): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = () => {
    throw new ContractFailure("something was fetched");
  };
  return () => {
    globalThis.fetch = original;
  };
}
