import { IdentityError } from "../../domain/errors.ts";

/** Stands in for a method that the pool, set up as it is said to be, has no use for. */
export async function notSupported(): Promise<never> {
  throw new IdentityError("not_supported");
}
