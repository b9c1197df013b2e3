/** Ends the process where a server cannot listen where it should, with one sentence on standard error. */
export async function listenOrExit<T>(
  { host, port }: { readonly host: string; readonly port: number },
  listen: () => T | Promise<T>,
  exit: (status: number) => never,
): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = unusableAddress[code];
    if (reason === undefined) throw error;
    console.error(`Cannot listen on ${addressOf(host, port)}: ${reason}.`);
    return exit(1);
  }
}

/** The reasons that an address cannot be listened on, by the operating system's code. */
const unusableAddress: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use, so stop what uses it or take another",
  EADDRNOTAVAIL: "that is no address of this machine",
  ENOTFOUND: "that is no address of this machine",
  EACCES: "this process may not use that port",
};

/** Writes where a server listens as an address. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
