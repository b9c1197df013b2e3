/** A stretch of work that is about to be traced. */
export interface SpanOpening {
  /** One of few: no id, no name that anybody gave. */
  readonly name: string;
  /** A request that is answered, a call that is made, or work in between. */
  readonly kind: "server" | "client" | "internal";
  /** By the names of OpenTelemetry's semantic conventions: no secret, no user name, no address. */
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** The headers that say which trace it belongs to, of a request that is answered (W3C Trace Context). */
  readonly carrier?: Readonly<Record<string, string>>;
}

/** A stretch of work while it goes on. */
export interface OpenSpan {
  /** The id of the trace: 32 hexadecimal digits. Nothing where none is recorded. */
  readonly traceId: string | undefined;
  rename(name: string): void;
  set(name: string, value: string | number): void;
  /** Marks it as failed, by a word that is safe to show. */
  fail(reason: string): void;
}

/** Records where the time of a request goes, for whoever runs the service. */
export interface Tracer {
  /**
   * Does some work as a part of whatever is traced around it. It has ended when the work has, or its promise. Gives what the
   * work gives, and throws what it throws, whatever becomes of the trace.
   */
  trace<T>(opening: SpanOpening, work: (span: OpenSpan) => T): T;

  /** Gives the headers that tell a service which is called that it is a part of what is traced now. */
  carry(): Readonly<Record<string, string>>;
}
