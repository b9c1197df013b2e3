import { createVerifier } from "fast-jwt";
import fastify from "fastify";
import { answerForServer } from "../../../test/bench/answers.ts";
import { readFixture } from "../../../test/bench/fixture.ts";

const { issuer, publicKeyPem } = await readFixture(process.argv[2] ?? "");
const verify = createVerifier({
  key: publicKeyPem,
  algorithms: ["RS256"],
  allowedIss: issuer,
  cache: true,
});

const app = fastify();
app.decorateRequest("subject", "");
app.addHook("onRequest", (request, reply, done) => {
  try {
    const token = request.headers.authorization?.slice("Bearer ".length) ?? "";
    request.subject = verify(token).sub;
    done();
  } catch {
    reply.code(401).send();
  }
});
app.get("/protected", (request) => ({ subject: request.subject }));
const address = await app.listen({ port: 0, host: "127.0.0.1" });
await answerForServer(Number(new URL(address).port));

declare module "fastify" {
  interface FastifyRequest {
    subject: string;
  }
}
