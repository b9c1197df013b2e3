// Loaded before an entry, so that a test can do to a running process what the world may: SIGUSR2 has a promise reject that
// nobody handles, SIGHUP sets the clock five minutes forward, SIGWINCH five minutes back.

/** The code that the error of SIGUSR2 has in its message. */
const mishap = "mishap-of-a-test";
const fiveMinutesMs = 300_000;

let shiftMs = 0;
const trueNow = Date.now;
Date.now = () => trueNow() + shiftMs;

process.on("SIGUSR2", () => void Promise.reject(new Error(mishap)));
process.on("SIGHUP", () => {
  shiftMs += fiveMinutesMs;
});
process.on("SIGWINCH", () => {
  shiftMs -= fiveMinutesMs;
});
