import { isIdentityError } from "../../domain/errors.ts";
import type { SetUpFinding } from "../shared/settings.ts";
import { clusterRefusal, connectToRedis } from "./connection.ts";

/** The time that the look may take, in milliseconds: nobody waits for it. */
const timeoutMs = 3000;

/** Looks at whether a Redis is one that can be used, over a connection of its own. Never rejects. */
export async function checkRedisSetUp(url: string): Promise<readonly SetUpFinding[]> {
  const connection = connectToRedis(url, timeoutMs);
  const subject = "redis_url";
  try {
    await connection.send("PING");
    return [];
  } catch (error) {
    const cause = isIdentityError(error) ? error.cause : error;
    const { code, message }: { code?: unknown; message?: unknown } = Object(cause);
    if (code === clusterRefusal) return [{ subject, outcome: "wrong", message: String(message) }];
    const unreached = "Redis did not answer at the start. It is asked again when it is needed.";
    return [{ subject, outcome: "not_checked", message: unreached }];
  } finally {
    await connection.close();
  }
}
