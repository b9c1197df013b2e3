/** A session: it goes on from a sign-in to the sign-out. */
export interface Session {
  /** The `origin_jti` of its tokens. */
  readonly id: string;
  readonly subject: string;
  /** The time that the user signed in at, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastActiveAt: number;
}

/** A row of Better Auth's table of sessions. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly token: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  /** Nothing, in a session that Better Auth itself began. */
  readonly porticoEnded: boolean | null;
}

/** Tells whether a session goes on at a time, in milliseconds since the epoch. */
export function isOpen({ porticoEnded, expiresAt }: SessionRow, now: number): boolean {
  return porticoEnded !== true && expiresAt.getTime() > now;
}

export function sessionOf({ id, userId, createdAt, updatedAt }: SessionRow): Session {
  return {
    id,
    subject: userId,
    createdAt: createdAt.getTime(),
    lastActiveAt: updatedAt.getTime(),
  };
}
