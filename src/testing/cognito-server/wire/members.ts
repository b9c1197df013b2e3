import { choice, list, required, structure, text } from "./constraints.ts";

/**
 * Members that many operations have, with the API's constraints.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 */
export const username = text({
  min: 1,
  max: 128,
  pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
});
/** The pattern is the one that Cognito's answers show: it allows white space inside. */
export const password = text({ max: 256, pattern: /^[\S]+.*[\S]+$/, isSecret: true });
export const confirmationCode = text({ min: 1, max: 2048, pattern: /^[\S]+$/ });
export const clientId = text({ min: 1, max: 128, pattern: /^[\w+]+$/ });
export const clientSecret = text({ min: 24, max: 64, pattern: /^[\w+]+$/, isSecret: true });
export const secretHash = text({ min: 1, max: 128, pattern: /^[\w+=/]+$/, isSecret: true });
export const poolId = text({ min: 1, max: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/ });
export const token = text({ pattern: /^[A-Za-z0-9-_=.]+$/, isSecret: true });
export const session = text({ min: 20, max: 2048, isSecret: true });
export const totpCode = text({ min: 6, max: 6, pattern: /^[0-9]+$/, isSecret: true });
export const groupName = text({ min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });
export const deviceKey = text({ min: 1, max: 55, pattern: /^[\w-]+_[0-9a-f-]+$/ });
export const paginationToken = text({ min: 1, pattern: /^[\S]+$/ });
export const attributeName = text({ min: 1, max: 32, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });

/** Name and value; one without a value has an empty one. */
export const attributes = list(
  structure({ Name: required(attributeName), Value: text({ max: 2048, isSecret: true }) }),
);

export const deliveryMediums = list(choice("SMS", "EMAIL"));
