// Publishes the key set that the tokens verify against.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerForServer } from "../answers.ts";
import { readFixture } from "../fixture.ts";

const { jwks } = await readFixture(process.argv[2] ?? "");
const body = JSON.stringify(jwks);

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(body);
});
server.listen(0, "127.0.0.1", () => {
  answerForServer((server.address() as AddressInfo).port);
});
