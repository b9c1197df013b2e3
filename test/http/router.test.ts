import { describe, expect, test } from "vitest";
import { PathRouter } from "../../src/http/router.ts";

function routerOf(...paths: readonly string[]) {
  const router = new PathRouter<string>();
  for (const path of paths) router.add("ALL", path, path);
  return (path: string) => router.match("GET", path)[0].map(([handler]) => handler);
}

describe("the router", () => {
  test("finds a path, and none that is not quite it", () => {
    const find = routerOf("/", "/users", "/users/:name");

    expect(find("/")).toEqual(["/"]);
    expect(find("/users")).toEqual(["/users"]);
    expect(find("/users/ada")).toEqual(["/users/:name"]);
    for (const path of ["/users/", "/user", "/Users", "//users", "/users/ada/x", ""]) {
      expect(find(path), path).toEqual([]);
    }
  });

  test("prefers a path without parameters, whichever came first", () => {
    const find = routerOf("/users/:name", "/users/groups");

    expect(find("/users/groups")).toEqual(["/users/groups"]);
  });

  test("gives the parameters of a path", () => {
    const router = new PathRouter<string>();
    router.add("ALL", "/users/:name", "user");

    expect(router.match("GET", "/users/ada")).toEqual([[["user", { name: "ada" }]]]);
  });

  test("keeps what is for one method to that", () => {
    const router = new PathRouter<string>();
    router.add("GET", "/users", "list");

    expect(router.match("GET", "/users")[0]).toHaveLength(1);
    expect(router.match("POST", "/users")[0]).toHaveLength(0);
  });
});
