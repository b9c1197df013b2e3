import { IdentityError, isIdentityError } from "../../../src/domain/errors.ts";
import type {
  IdentityProviderCaseName,
  IdentityProviderHarness,
} from "../../../src/testing/index.ts";

/** A provider that breaks one rule, and how that shows. */
export interface BrokenProvider {
  readonly fault: string;
  readonly caughtBy: IdentityProviderCaseName;
  /** What the failure says. */
  readonly saying: string;
  /** Gives the parts of the harness that are broken; the others stay as they are. */
  readonly breakParts: (harness: IdentityProviderHarness) => Partial<IdentityProviderHarness>;
}

type Identity = IdentityProviderHarness["identity"];

/** Replaces methods of the provider. */
export function breaking(
  methods: (identity: Identity, harness: IdentityProviderHarness) => Partial<Identity>,
): BrokenProvider["breakParts"] {
  return (harness) => ({
    identity: { ...harness.identity, ...methods(harness.identity, harness) },
  });
}

/** Does something else instead of throwing an error with that code. */
export async function insteadOf<T>(
  code: IdentityError["code"],
  call: Promise<T>,
  instead: (error: IdentityError) => T | Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isIdentityError(error, code)) return instead(error);
    throw error;
  }
}

/** Throws an error with that code and nothing else. */
export function fail(code: IdentityError["code"]): never {
  throw new IdentityError(code);
}
