const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Gives the id of a request, which its answer, its problem document and its log entry share. One that the client sends is
 * taken only if it is a plain UUID, as anything else could carry text into logs.
 */
export function requestIdOf(sent: string | undefined): string {
  return sent !== undefined && uuid.test(sent) ? sent.toLowerCase() : crypto.randomUUID();
}
