import type { AddressInfo } from "node:net";
import express, { type Response } from "express";
import { expressjwt, type Request } from "express-jwt";
import jwksRsa from "jwks-rsa";
import { answerForServer } from "../../../test/bench/answers.ts";
import { readFixture } from "../../../test/bench/fixture.ts";

const [, , fixturePath = "", jwksUri = ""] = process.argv;
const { issuer } = await readFixture(fixturePath);
const secret = jwksRsa.expressJwtSecret({ jwksUri, cache: true, rateLimit: true });

const app = express();
app.get(
  "/protected",
  expressjwt({ secret, issuer, algorithms: ["RS256"] }),
  (request: Request, response: Response) => {
    response.json({ subject: request.auth?.sub });
  },
);
const server = app.listen(0, "127.0.0.1", () => {
  answerForServer((server.address() as AddressInfo).port);
});
