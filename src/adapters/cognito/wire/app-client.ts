import { isIdentityError } from "../../../domain/errors.ts";
import { addressBlock, type WithCallerAddress } from "../../../domain/ip-address.ts";
import { type Secrets, secretsOf } from "../../shared/secrets.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import { translate } from "../errors/exceptions.ts";
import { isAboutClientSecret } from "../errors/not-authorized.ts";
import { userContextData } from "./caller-context.ts";
import { computeSecretHash } from "./secret-hash.ts";
import type { TimeBudget } from "./time-budget.ts";
import type {
  CognitoInput,
  CognitoOperation,
  CognitoOutput,
  CognitoTransport,
} from "./transport.ts";

/** An app client of a user pool, which all calls are made as. */
export interface AppClient {
  readonly clientId: string;
  /** The newest first; none of a public client. */
  readonly clientSecrets: readonly string[];

  /** Gives the caller as an unsigned call tells of them, and nothing from a client that Cognito takes no address from. */
  userContext(input: WithCallerAddress): ReturnType<typeof userContextData>;

  /**
   * Gives the same client for one request: the calls that it makes have one time together, from now on, and count as those
   * of whoever sent it.
   */
  forOneRequest(caller?: WithCallerAddress): AppClient;

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

  /**
   * Calls Cognito with a proof that it is the client who calls. Where the secret is refused, before Cognito does anything,
   * the others are tried in order, and the one that is taken is the first to be used from then on: an app client has two
   * while one takes the place of the other.
   *
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
   * @throws {IdentityError} whatever the answer means to the method
   */
  callAsClient<Name extends CognitoOperation>(
    method: ProviderMethod,
    operation: Name,
    input: (proof: ClientProof) => CognitoInput<Name> | Promise<CognitoInput<Name>>,
  ): Promise<CognitoOutput<Name>>;
}

/** The proof that an app client is who calls: by one of its secrets, and nothing of a public client. */
export interface ClientProof {
  readonly secret: string | undefined;
  /** Gives the hash to send along with a user name. */
  hash(username: string): Promise<string | undefined>;
}

/** A transport, and the time that the calls of one request have. */
export interface TimedTransport {
  readonly transport: CognitoTransport;
  /** Begins the time of a request, of whoever sent it where that is known. */
  startBudget(caller?: string): TimeBudget;
}

/** Makes an app client that calls through a transport. */
export function createAppClient(
  { transport, startBudget }: TimedTransport,
  {
    clientId,
    clientSecret,
    propagatesCallerAddress = false,
  }: {
    readonly clientId: string;
    readonly clientSecret?: Secrets | undefined;
    readonly propagatesCallerAddress?: boolean | undefined;
  },
): AppClient {
  const clientSecrets = secretsOf(clientSecret);
  let taken = clientSecrets[0];

  function within(budget: TimeBudget | undefined): AppClient {
    const call: AppClient["call"] = async (method, operation, input) => {
      try {
        return await transport(operation, input, budget);
      } catch (error) {
        throw translate(error, method);
      }
    };
    return {
      clientId,
      clientSecrets,
      userContext: (input) => (propagatesCallerAddress ? userContextData(input) : undefined),
      forOneRequest: ({ callerAddress } = {}) =>
        within(
          budget ??
            startBudget(callerAddress === undefined ? undefined : addressBlock(callerAddress)),
        ),
      call,
      async callAsClient(method, operation, input) {
        const request = budget ? call : within(startBudget()).call;
        let refusal: unknown;
        for (const secret of [taken, ...clientSecrets.filter((other) => other !== taken)]) {
          try {
            const answer = await request(method, operation, await input(proofOf(clientId, secret)));
            taken = secret;
            return answer;
          } catch (error) {
            if (!isIdentityError(error) || !isAboutClientSecret(error.cause)) throw error;
            refusal ??= error;
          }
        }
        throw refusal;
      },
    };
  }
  return within(undefined);
}

function proofOf(clientId: string, secret: string | undefined): ClientProof {
  return {
    secret,
    async hash(username) {
      if (secret === undefined) return undefined;
      return computeSecretHash(username, clientId, secret);
    },
  };
}
