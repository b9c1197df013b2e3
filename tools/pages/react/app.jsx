import { defineElements } from "portico/elements";
import { useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";

defineElements();
addEventListener("portico-signed-in", () => location.replace("#account"));

const onHash = (changed) => {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
};
function App() {
  const Screen = `portico-${useSyncExternalStore(onHash, () => location.hash.slice(1)) || "account"}`;
  return <Screen key={Screen} />;
}
createRoot(document.querySelector("main")).render(<App />);
