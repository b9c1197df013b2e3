import { expect } from "vitest";
import { documentedOperations } from "../contract-check.ts";
import { expectBlames, expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import {
  fullSignUp,
  headersFor,
  type JsonRequest,
  jsonRequests,
  nameOf,
} from "../json-requests.ts";

const canary = "hunter2-never-to-be-echoed";
const json = { "content-type": "application/json" };
const deep = 10_000;

const notJson: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  "an empty body": "",
  "white space": " \n ",
  "an unfinished object": `{"username":"a","password":"${canary}"`,
  "an unquoted value": `{"username":"a","password":${canary}}`,
  "single quotes": `{'username':'a','password':'${canary}'}`,
  "a trailing comma": `{"username":"a","password":"${canary}",}`,
  "a comment": `{"username":"a","password":"${canary}"/* */}`,
  "two documents": `{"username":"a","password":"${canary}"}{}`,
  "a raw control character in a string": `{"username":"a\n","password":"${canary}"}`,
  "a number that JSON does not have": `{"username":"a","password":NaN}`,
  "brackets that never close": "[".repeat(deep),
  "a form": `username=a&password=${canary}`,
  "bytes that are not UTF-8": bytes('{"username":"a\xff\xfe","password":"b"}'),
  "an overlong UTF-8 sequence": bytes('{"username":"a\xc0\x80","password":"b"}'),
  "a surrogate in UTF-8": bytes('{"username":"a\xed\xa0\x80","password":"b"}'),
  "UTF-16": bytes("\xff\xfe{\0}\0"),
};

const notAnObject = ["null", "[]", '"text"', "42", "true", '[{"username":"a"}]'];

const wrongValues = [null, 1, true, [], ["a"], {}, { a: 1 }];

/** JSON.parse makes own members of these, and a careless merge would make more of them. */
const prototypeMembers = ["constructor", "prototype", "toString", "hasOwnProperty"];

export const bodies: Family = {
  name: "bodies",
  cases: [
    {
      name: "every documented operation with a JSON body is among the requests tried",
      async run() {
        const documented = documentedOperations.filter((operation) => operation.takesJson);
        expect(
          jsonRequests
            .map(({ method = "POST", path, template = path }) => `${method} ${template}`)
            .sort(),
        ).toEqual(documented.map(({ method, path }) => `${method} ${path}`).sort());
      },
    },
    ...Object.entries(notJson).map(
      ([what, body]): HttpCase => ({
        name: `refuses ${what} as malformed`,
        async run(probe) {
          probe.secrets.add(canary);
          const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });
          expectProblem(answer, 400, "malformed_request");
          expect(answer.body).not.toContain("hunter2");
        },
      }),
    ),
    ...jsonRequests.flatMap(casesOf),
    {
      name: "refuses JSON that is nested too deep for a recursive reader",
      async run(probe) {
        const nested = `${"[".repeat(deep)}${"]".repeat(deep)}`;
        const body = `{"username":${nested},"password":"x"}`;
        const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });
        expect(answer.status).toBe(400);
      },
    },
    {
      name: "blames a wrong attribute by its own pointer",
      async run(probe) {
        const attributes = { ...fullSignUp.attributes, "custom:~/": 1 };
        const answer = await probe.post("/v1/sign-up", { ...fullSignUp, attributes });
        expectBlames(answer, "/attributes/custom:~0~1");
      },
    },
    {
      name: "finds no attribute in what every object has",
      async run(probe) {
        for (const name of prototypeMembers) {
          const body = `{"username":"a","password":"${canary}","attributes":{"${name}":1}}`;
          const answer = await probe.send("POST", "/v1/sign-up", { headers: json, body });
          expectBlames(answer, `/attributes/${name}`);
        }
      },
    },
    {
      name: "refuses a member named __proto__ wherever it is",
      async run(probe) {
        const inside = '{"username":"a","password":"b","attributes":{"__proto__":"x"}}';
        const onTop = '{"username":"a","password":"b","__proto__":{"isAdmin":true}}';
        for (const body of [inside, onTop]) {
          const answer = await probe.send("POST", "/v1/sign-up", { headers: json, body });
          expectProblem(answer, 400, "malformed_request");
        }
      },
    },
  ],
};

function casesOf(request: JsonRequest): HttpCase[] {
  const { method = "POST", path, body, blamedWhenEmpty } = request;
  const name = nameOf(request);
  return [
    {
      name: `${name} refuses JSON that is no object`,
      async run(probe) {
        const headers = await headersFor(probe, request);
        for (const text of notAnObject) {
          const answer = await probe.send(method, path, { headers, body: text });
          expectProblem(answer, 400, "malformed_request");
        }
      },
    },
    {
      name: `${name} blames each member that is missing`,
      async run(probe) {
        const headers = await headersFor(probe, request);
        const members = blamedWhenEmpty ?? Object.keys(body).map((member) => `/${member}`);
        expectBlames(await probe.send(method, path, { headers, body: "{}" }), ...members);
      },
    },
    {
      name: `${name} blames each member of a wrong type`,
      async run(probe) {
        const headers = await headersFor(probe, request);
        for (const member of Object.keys(body)) {
          for (const value of wrongValues.filter((value) => !isOfOneType(value, body[member]))) {
            const wrong = JSON.stringify({ ...body, [member]: value });
            expectBlames(await probe.send(method, path, { headers, body: wrong }), `/${member}`);
          }
        }
      },
    },
    {
      name: `${name} blames each member that it does not know`,
      async run(probe) {
        const headers = await headersFor(probe, request);
        for (const member of ["unexpected", "Username", ...prototypeMembers]) {
          const unknown = `${JSON.stringify(body).slice(0, -1)},"${member}":"x"}`;
          expectBlames(await probe.send(method, path, { headers, body: unknown }), `/${member}`);
        }
      },
    },
  ];
}

/** What is an object or an array where there is to be one is wrong further in, if it is. */
function isOfOneType(one: unknown, other: unknown): boolean {
  const typeOf = (value: unknown) => Object.prototype.toString.call(value);
  return typeOf(one) === typeOf(other);
}

/** The bytes of a text of which each character stands for the byte of its number. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
