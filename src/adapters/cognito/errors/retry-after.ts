/** The longest that is waited because of one answer, in seconds: nobody asks for more in good earnest. */
const mostSeconds = 60;

/** Notes on an error the answer that it was read from, where the AWS SDK notes it. */
export function withAnswer(error: unknown, { status, headers }: Response): unknown {
  const header = headers.get("retry-after");
  const noted = header === null ? {} : { "retry-after": header };
  return Object.assign(Object(error), { $response: { statusCode: status, headers: noted } });
}

/** Gives the status of the answer that an error was read from, if there was one. */
export function statusOf(error: unknown): number | undefined {
  const { $response: response }: { readonly $response?: unknown } = Object(error);
  const { statusCode }: { readonly statusCode?: unknown } = Object(response);
  return typeof statusCode === "number" ? statusCode : undefined;
}

/**
 * Gives the seconds after which the answer that an error was read from asks to be tried again, as far as it says so in
 * seconds. Cognito's own do not; those of whatever stands before it do.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterOf(error: unknown): number | undefined {
  const { $response: response }: { readonly $response?: unknown } = Object(error);
  const { headers }: { readonly headers?: unknown } = Object(response);
  const { "retry-after": header }: Readonly<Record<string, unknown>> = Object(headers);
  const seconds = /^\d{1,9}$/.test(String(header)) ? Number(header) : 0;
  return seconds > 0 ? Math.min(seconds, mostSeconds) : undefined;
}
