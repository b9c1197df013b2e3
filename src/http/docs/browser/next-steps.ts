import { type ApiDocument, challengeExampleOf } from "./api-document.ts";
import { elementOf } from "./elements.ts";
import { fill, type JsonMembers, parse } from "./json.ts";

/** The field with the access token that is sent. */
export const tokenField = elementOf("token", HTMLInputElement);

/** Puts the tokens of an answer where the next requests take them from. */
export function takeTokens(tokens: JsonMembers["tokens"]): void {
  if (!tokens) return;
  const { access_token, refresh_token } = tokens;
  tokenField.value = access_token;
  elementOf("token-hint", HTMLElement).textContent =
    "Filled in by the last answer. Kept in this page only, until it is closed.";
  if (refresh_token === undefined) return;
  for (const editor of document.querySelectorAll("textarea")) {
    const body = parse(editor.value);
    if (body?.refresh_token !== undefined) fill(editor, { ...body, refresh_token });
  }
}

/** Prepares the answer to a challenge: an example of its type, with the session that belongs to it. */
export function takeChallenge(api: ApiDocument, challenge: JsonMembers["challenge"]): void {
  const editor = document.getElementById("answerChallenge-body");
  if (!challenge || !(editor instanceof HTMLTextAreaElement)) return;
  const { type, session } = challenge;
  fill(editor, { ...challengeExampleOf(api, type), type, session });
}
