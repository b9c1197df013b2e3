import { inCognitosWords } from "../answers/wording.ts";
import { type Directory, poolOf } from "../directory/directory.ts";
import { userNamed } from "../users/user-names.ts";
import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import { choice, integer, required, text } from "../wire/constraints.ts";
import { paginationToken, poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

const onUser = { UserPoolId: required(poolId), Username: required(username) };
const ofEvent = {
  ...onUser,
  EventId: required(text({ min: 1, max: 50, pattern: /^[\w+-]+$/ })),
  FeedbackValue: required(choice("Valid", "Invalid")),
};

/**
 * The operations on sign-in events, which answer as those of a pool without threat protection do. In one that has it they
 * are refused: no event is kept.
 */
export const authEventOperations = {
  AdminListUserAuthEvents: signedOperation(
    { ...onUser, MaxResults: integer(0, 60), NextToken: paginationToken },
    refuse,
  ),
  AdminUpdateAuthEventFeedback: signedOperation(ofEvent, refuse),
  UpdateAuthEventFeedback: openOperation({ ...ofEvent, FeedbackToken: required(token) }, refuse),
};

async function refuse(
  directory: Directory,
  { UserPoolId, Username }: { readonly UserPoolId: string; readonly Username: string },
): Promise<never> {
  const { engine, configuration } = poolOf(directory, UserPoolId);
  await inCognitosWords(async () => userNamed(engine, Username));
  if ((configuration.UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") !== "OFF")
    throw invalidParameter("This server does not do the events of threat protection.");
  throw new CognitoException(
    "UserPoolAddOnNotEnabled",
    "Threat protection is not enabled for this user pool.",
  );
}
