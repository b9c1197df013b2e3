import { list, required, structure, text, texts } from "./constraints.ts";

/** The request that is being answered. */
export interface RequestContext {
  /** The operation that it is for. */
  readonly operation: string;
  /** Metadata that the client sends along for the triggers. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

const words = text({ max: 131_072 });

const analytics = { AnalyticsMetadata: structure({ AnalyticsEndpointId: words }) };

/**
 * The origin of requests, as they tell it. It is for threat protection and for Amazon Pinpoint, which a pool without
 * those does nothing with at Cognito either.
 */
export const userContext = {
  ...analytics,
  UserContextData: structure({ IpAddress: words, EncodedData: words }),
};

/** The same of the requests that take AWS credentials. */
export const serverContext = {
  ...analytics,
  ContextData: structure({
    IpAddress: required(words),
    ServerName: required(words),
    ServerPath: required(words),
    HttpHeaders: required(list(structure({ headerName: words, headerValue: words }))),
    EncodedData: words,
  }),
};

/** Metadata that a client sends along for the triggers. */
export const forTriggers = { ClientMetadata: texts(131_072) };
