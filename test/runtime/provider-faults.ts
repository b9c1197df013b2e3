import { type CognitoReply, sends, sickness, throws } from "../support/cognito-upstream-answers.ts";

/** A secret that some of the sick answers hold, and users send. */
export const canary = "Sw0rdfishNeverToBeLogged";

/** A way to be sick, and what it is answered with. */
export interface ProviderFault {
  readonly reply: CognitoReply;
  readonly status: number;
  readonly code: string;
}

export const providerFaults: Readonly<Record<string, ProviderFault>> = {
  "resets the connection": unavailable(sickness.resets),
  "breaks off in the middle": unavailable(sickness.breaksOff),
  "answers without end": unavailable(sickness.floods),
  "cuts its tokens short": unavailable(
    sends(200, `{"AuthenticationResult":{"AccessToken":"${canary}`),
  ),
  "answers tokens that are no JSON": unavailable(sends(200, `{"AuthenticationResult":${canary}}`)),
  "answers HTML": unavailable(sickness.answersHtml),
  "answers HTML as 503": unavailable(sickness.answersHtmlAs503),
  "answers nothing": unavailable(sickness.answersNothing),
  "answers nothing as 500": unavailable(sickness.answersNothingAs500),
  "answers an empty object": unavailable(sickness.answersEmptyObject),
  "answers null": unavailable(sickness.answersNull),
  "answers a text": unavailable(sickness.answersText),
  redirects: unavailable(sickness.redirects),
  throttles: unavailable(throws("TooManyRequestsException", "Rate exceeded")),
  "answers an error that nobody knows": unavailable(
    throws("NovelException", "What this is, time will tell."),
  ),
  "does not know our credentials": {
    reply: throws("UnrecognizedClientException", "The security token is invalid."),
    status: 500,
    code: "provider_misconfigured",
  },
};

function unavailable(reply: CognitoReply): ProviderFault {
  return { reply, status: 503, code: "provider_unavailable" };
}
