// Loaded before an entry: writes once a second how late timers come, which is how long the event loop was kept busy, as no
// runtime but Node tells it.

const everyMs = 20;
let lateMs: number[] = [];
let due = performance.now() + everyMs;

setInterval(() => {
  const now = performance.now();
  lateMs.push(Math.max(0, now - due));
  due = now + everyMs;
}, everyMs).unref();

setInterval(() => {
  console.log(JSON.stringify({ event: "soak_delays", lateMs: lateMs.map(Math.round) }));
  lateMs = [];
}, 1_000).unref();
