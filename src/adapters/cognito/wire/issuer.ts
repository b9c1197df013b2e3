/**
 * Gives the issuer that a user pool names in its tokens. Pools that were moved to the updated issuer, which pools with
 * replicas need, name another one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export function issuerOf(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.${dnsSuffix(region)}/${userPoolId}`;
}

/** Gives the domain of the partition of AWS that a Region is in. */
export function dnsSuffix(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  if (region.startsWith("eusc-")) return "amazonaws.eu";
  return "amazonaws.com";
}
