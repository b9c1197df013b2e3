const counted = new WeakSet<Request>();

/** Notes that the body of a request is as long as its `Content-Length` says, as the server that read it from the wire counted it. */
export function noteCountedBody(request: Request): void {
  counted.add(request);
}

/** Tells whether that was noted. A request that was made in the process, or copied, says what it likes. */
export function hasCountedBody(request: Request): boolean {
  return counted.has(request);
}
