import { ContractFailure, expectThat } from "../../expectations.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";

/** The cases on where keys may be fetched from: JW16. */
export const addressCases: readonly TokenVerifierCase[] = [
  ...[
    "http://issuer.example/keys",
    "http://10.0.0.7/keys",
    "https://10.0.0.7/keys",
    "https://172.31.255.1/keys",
    "https://192.168.1.1/keys",
    "https://169.254.169.254/latest",
    "https://100.64.0.1/keys",
    "https://0.0.0.0/keys",
    "https://[fd00::1]/keys",
    "https://[fe80::1]/keys",
    "https://[::ffff:10.0.0.7]/keys",
    "https://[::10.0.0.7]/keys",
    "https://[64:ff9b::10.0.0.7]/keys",
    "https://[2002:a00:7::]/keys",
    "https://[fec0::1]/keys",
    "https://198.18.0.7/keys",
    "https://0x0a000007/keys",
    "https://user:secret@issuer.example/keys",
    "https://user@issuer.example/keys",
    "ftp://issuer.example/keys",
    "file:///etc/keys",
    "data:application/json,{}",
    "javascript:0",
    "//issuer.example/keys",
    "keys",
    "",
    "http://localhost.issuer.example/keys",
    "http://127.0.0.1.issuer.example/keys",
    "http://127.1.evil.example/",
  ].map((uri) =>
    verifierCase(
      `JW16: cannot be made with the address ${JSON.stringify(uri)}`,
      async (library) => {
        try {
          library.createRemoteKeySet({ uri });
        } catch (error) {
          expectThat("it throws a TypeError", error instanceof TypeError);
          return;
        }
        throw new ContractFailure("expected a TypeError, but it was made");
      },
    ),
  ),

  ...[
    "https://issuer.example/keys",
    "https://8.8.8.8/keys",
    "http://localhost:9229/keys",
    "http://127.0.0.1:9229/keys",
    "http://[::1]:9229/keys",
  ].map((uri) =>
    verifierCase(`JW16: can be made with the address ${uri}`, async (library) => {
      library.createRemoteKeySet({ uri });
    }),
  ),

  ...[
    "http://keycloak/keys",
    "http://keycloak:8080/keys",
    "http://keycloak.identity.svc/keys",
    "http://keycloak.identity.svc.cluster.local./keys",
    "http://keycloak.svc.k8s.example/keys",
    "http://issuer.internal/keys",
    "http://10.0.0.7/keys",
    "http://[fd00::1]/keys",
    "http://localhost:9229/keys",
    "https://issuer.example/keys",
  ].map((uri) =>
    verifierCase(`JW16: can be made for a cluster with the address ${uri}`, async (library) => {
      library.createRemoteKeySet({ uri, allowClusterHttp: true });
    }),
  ),

  ...[
    "http://issuer.example/keys",
    "http://8.8.8.8/keys",
    "http://svc.example/keys",
    "http://issuer.internal.example/keys",
    "http://ada:secret@keycloak/keys",
    "http://ada@keycloak/keys",
    "https://10.0.0.7/keys",
    "ftp://keycloak/keys",
  ].map((uri) =>
    verifierCase(`JW16: cannot be made for a cluster with the address ${uri}`, async (library) => {
      try {
        library.createRemoteKeySet({ uri, allowClusterHttp: true });
      } catch (error) {
        expectThat("it throws a TypeError", error instanceof TypeError);
        return;
      }
      throw new ContractFailure("expected a TypeError, but it was made");
    }),
  ),
];
