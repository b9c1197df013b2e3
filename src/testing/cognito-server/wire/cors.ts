/** AWS lets pages of every origin call, and no page send cookies. */
const forEveryPage = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};
const maxAgeSeconds = 172_800;

/**
 * Answers what a browser asks before it sends a page's request, as AWS does: whatever headers it wants to send are allowed.
 *
 * @returns nothing for any other request
 * @see https://github.com/aws-amplify/amplify-js/issues/11034
 * @see https://github.com/aws-amplify/amplify-js/issues/4346
 */
export function answerPreflight({ method, headers, url }: Request): Response | undefined {
  if (method !== "OPTIONS" || !headers.has("origin")) return undefined;
  const wanted = headers.get("access-control-request-headers");
  return new Response(null, {
    headers: {
      ...forEveryPage,
      "access-control-allow-methods": new URL(url).pathname === "/" ? "POST" : "GET",
      ...(wanted !== null && { "access-control-allow-headers": wanted }),
      "access-control-max-age": String(maxAgeSeconds),
    },
  });
}

/** Lets a page read an answer, its errors included. Whoever is no page gets it as it is. */
export function letPagesRead(request: Request, response: Response): Response {
  if (request.headers.has("origin"))
    for (const [name, value] of Object.entries(forEveryPage)) response.headers.set(name, value);
  return response;
}
