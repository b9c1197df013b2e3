import type { LambdaResult } from "./lambda.ts";

const name = "set-cookie";

/**
 * Puts every cookie into an answer that has one value for each header, as a load balancer takes it unless its target group
 * has multi-value headers on: under a name in other capitals each, as the name is one to browsers. The adapter sets the
 * first alone.
 *
 * @param cookies - all that the answer sets
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers
 */
export function withEachCookie(result: LambdaResult, cookies: readonly string[]): LambdaResult {
  const { headers, ...rest } = result;
  if (headers?.[name] === undefined) return result;
  const lines = cookies.map((cookie, index) => [spelling(index), cookie]);
  return { ...rest, headers: { ...headers, ...Object.fromEntries(lines) } };
}

/** Writes the name in capitals where a number has ones, in the binary system: as usual for 0. */
function spelling(number: number): string {
  let left = number;
  return name.replace(/[a-z]/g, (letter) => {
    const isCapital = left % 2 === 1;
    left = Math.floor(left / 2);
    return isCapital ? letter.toUpperCase() : letter;
  });
}
