// The calls that an API makes of the verifier, by its types.
import {
  cognitoIssuer,
  createBearerGuard,
  createJwtVerifier,
  type JwtVerifierOptions,
  type TokenVerifier,
} from "portico-jwt";

const issuer = cognitoIssuer({
  userPoolId: "eu-west-1_AbCdEfGhI",
  clientIds: ["1example23456789"],
});

export const verifier = createJwtVerifier({ issuers: [issuer] });
export const make = (options: JwtVerifierOptions): TokenVerifier => createJwtVerifier(options);
export const guard = createBearerGuard({ verifier });

export async function subjectOf(token: string): Promise<string> {
  return (await verifier.verify(token)).subject;
}

// @ts-expect-error Types that were not found would take anything.
export const wrong: number = subjectOf("");
