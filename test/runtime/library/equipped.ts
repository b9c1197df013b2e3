import { serveLibrary } from "./portico.ts";

export default serveLibrary({});
