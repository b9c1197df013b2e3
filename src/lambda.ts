export {
  createLambdaHandler,
  handler,
  type LambdaHandler,
  type LambdaOptions,
  type LambdaResult,
} from "./runtimes/lambda.ts";
