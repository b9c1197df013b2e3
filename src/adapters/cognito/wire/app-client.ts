import type { ProviderMethod } from "../errors/exception-meaning.ts";
import { translate } from "../errors/exceptions.ts";
import { computeSecretHash } from "./secret-hash.ts";
import type {
  CognitoInput,
  CognitoOperation,
  CognitoOutput,
  CognitoTransport,
} from "./transport.ts";

/** An app client of a user pool, which all calls are made as. */
export interface AppClient {
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret: string | undefined;

  /** Gives the hash to send along with a user name, and nothing where the client has no secret. */
  secretHash(username: string): Promise<string | undefined>;

  /**
   * Calls Cognito once.
   *
   * @throws {IdentityError} whatever the answer means to the method
   */
  call<Name extends CognitoOperation>(
    method: ProviderMethod,
    operation: Name,
    input: CognitoInput<Name>,
  ): Promise<CognitoOutput<Name>>;
}

/** Makes an app client that calls through a transport. */
export function createAppClient(
  transport: CognitoTransport,
  {
    clientId,
    clientSecret,
  }: { readonly clientId: string; readonly clientSecret?: string | undefined },
): AppClient {
  return {
    clientId,
    clientSecret,
    async secretHash(username) {
      if (clientSecret === undefined) return undefined;
      return computeSecretHash(username, clientId, clientSecret);
    },
    async call(method, operation, input) {
      try {
        return await transport(operation, input);
      } catch (error) {
        throw translate(error, method);
      }
    },
  };
}
