import { IdentityError } from "../../domain/errors.ts";

/** Gives a facet whose methods all throw `not_supported`, unless the pool, as it is set up, has what they need. */
export function unlessMissing<Facet extends object>(isThere: boolean, facet: Facet): Facet {
  if (isThere) return facet;
  return Object.fromEntries(Object.keys(facet).map((name) => [name, notSupported])) as Facet;
}

async function notSupported(): Promise<never> {
  throw new IdentityError("not_supported");
}
