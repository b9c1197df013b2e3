// Lets a test end the process by an error that nobody catches, while it has things to do.
import process from "node:process";

process.on("SIGUSR2", () => {
  Promise.reject(new Error("on purpose"));
});
