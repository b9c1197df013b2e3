export {
  createRedisRevocationList,
  type RedisRevocationList,
  type RedisRevocationListOptions,
} from "./revocation-list.ts";
