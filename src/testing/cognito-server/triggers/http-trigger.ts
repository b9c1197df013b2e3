import type { CognitoTrigger } from "../pool/trigger-functions.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { isMembers } from "../wire/wire.ts";

/** As long as Cognito waits for a function. */
const timeoutMs = 5000;

/**
 * Makes a trigger of a function behind an address, such as the one of the Lambda Runtime Interface Emulator: the event is
 * posted as JSON, and comes back with its response. What has an `errorMessage` is an error of the function's.
 *
 * @see https://github.com/aws/aws-lambda-runtime-interface-emulator
 */
export function httpTrigger(address: string): CognitoTrigger {
  return async (event) => {
    const output = await post(address, event);
    if (isMembers(output) && typeof output.errorMessage === "string")
      throw new Error(output.errorMessage);
    return output;
  };
}

async function post(address: string, event: object): Promise<unknown> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.json();
  } catch (cause) {
    const message = "The function cannot be reached, or answers with no JSON.";
    throw new CognitoException("UnexpectedLambda", message, { cause });
  }
}
