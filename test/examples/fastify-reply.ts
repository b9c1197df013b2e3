/** An answer as it goes out. */
export interface SentReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/**
 * A reply as Fastify documents it: `send` runs the `onSend` hooks and adds all headers that were set.
 *
 * @see https://fastify.dev/docs/latest/Reference/Reply/
 */
export function fastifyReply(
  write: (reply: SentReply) => void,
  onSend: (payload: string) => string = (payload) => payload,
) {
  const headers: Record<string, string> = {};
  let status = 200;
  const reply = {
    sent: false,
    code(value: number) {
      status = value;
      return reply;
    },
    header(name: string, value: string) {
      headers[name.toLowerCase()] = value;
      return reply;
    },
    headers(values: Readonly<Record<string, string>>) {
      for (const [name, value] of Object.entries(values)) reply.header(name, value);
      return reply;
    },
    send(payload: string) {
      reply.sent = true;
      write({ status, headers, payload: onSend(payload) });
      return reply;
    },
  };
  return reply;
}
