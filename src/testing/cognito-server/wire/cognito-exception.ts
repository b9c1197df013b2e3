/** An error as Cognito answers with it. */
export class CognitoException extends Error {
  /** The exception's name, without what all of them end in. */
  readonly type: string;

  /**
   * @param type - such as `NotAuthorized`
   * @param message - what Cognito says, word for word where that is known: clients tell errors of one name apart by it
   */
  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CognitoException";
    this.type = type;
  }
}

/** Makes a `NotAuthorizedException`. */
export function notAuthorized(message: string, options?: ErrorOptions): CognitoException {
  return new CognitoException("NotAuthorized", message, options);
}

/** Makes an `InvalidParameterException`. */
export function invalidParameter(message: string): CognitoException {
  return new CognitoException("InvalidParameter", message);
}

/** Makes a `ResourceNotFoundException`. */
export function resourceNotFound(message: string): CognitoException {
  return new CognitoException("ResourceNotFound", message);
}
