import type { ChallengeType } from "../../../src/domain/challenge.ts";
import { IdentityError, isIdentityError } from "../../../src/domain/errors.ts";
import type { SignInResult } from "../../../src/domain/session.ts";
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

/** Makes the entries of a provider whose one fault several cases see, each with what its failure says. */
export function caughtByEach(
  { fault, breakParts }: Pick<BrokenProvider, "fault" | "breakParts">,
  ...cases: readonly (readonly [BrokenProvider["caughtBy"], string])[]
): readonly BrokenProvider[] {
  return cases.map(([caughtBy, saying]) => ({ fault, breakParts, caughtBy, saying }));
}

export type Identity = IdentityProviderHarness["identity"];

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

/** A sign-in that ends well, whoever asks. */
export const welcome: SignInResult = {
  status: "signed_in",
  tokens: { accessToken: "any", tokenType: "Bearer", expiresIn: 60 },
};

/** Lets sign-ins end where they should wait at a challenge. */
export function skipping(type: ChallengeType): Parameters<typeof breaking>[0] {
  return (identity) => ({
    async signIn(input) {
      const result = await identity.signIn(input);
      return result.status === "challenge" && result.challenge.type === type ? welcome : result;
    },
  });
}

/** Replaces methods of a provider that is set up otherwise. */
export function breakingOther(
  control: "requiredMfa" | "signUpApproval" | "requiredAttribute",
  methods: Parameters<typeof breaking>[0],
): BrokenProvider["breakParts"] {
  return ({ controls }) => ({
    controls: {
      ...controls,
      [control]: {
        ...controls[control],
        async start() {
          const other = await controls[control]?.start();
          if (!other) throw new Error(`the harness has no ${control}`);
          return { ...other, ...breaking(methods)(other) };
        },
      },
    },
  });
}
