// Opens a report in headless Chromium, clicks through it, and takes screenshots.
//
//   cargo run --release -- testdata/projects/clinic --format html -o report.html
//   node tests/browser/check.mjs report.html screenshots
//
// Needs Node 22 or newer (20 with --experimental-websocket) and a Chromium; CHROMIUM names it when it is not called `chromium`. Fails when a click does
// not do what it should, when the page logs an error or breaks its own security policy, when it wants the network, or
// when it is wider than its window.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, folder = "screenshots"] = process.argv.slice(2);
if (!report) throw new Error("usage: node tests/browser/check.mjs REPORT.html [FOLDER]");
mkdirSync(folder, { recursive: true });

const profile = mkdtempSync(join(tmpdir(), "transborder-browser-"));
const browser = spawn(process.env.CHROMIUM ?? "chromium", [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
  `--user-data-dir=${profile}`, "about:blank",
]);
const failures = [];
const check = (fine, what) => {
  console.log(`${fine ? "ok  " : "FAIL"} ${what}`);
  if (!fine) failures.push(what);
};

/** The address that the browser prints when it is ready. */
const endpoint = await new Promise((done, failed) => {
  let seen = "";
  browser.stderr.on("data", (chunk) => {
    seen += chunk;
    const found = /DevTools listening on (ws:\S+)/.exec(seen);
    if (found) done(found[1]);
  });
  browser.on("exit", () => failed(new Error(seen)));
});
const socket = new WebSocket(endpoint);
await new Promise((done) => socket.addEventListener("open", done));
const waiting = new Map();
const events = [];
let last = 0;
let session;
socket.addEventListener("message", ({ data }) => {
  const message = JSON.parse(data);
  if (message.id) waiting.get(message.id)(message);
  else events.push(message);
});
const send = (method, params = {}) => new Promise((done, failed) => {
  const id = ++last;
  waiting.set(id, (message) => (message.error ? failed(new Error(`${method}: ${message.error.message}`)) : done(message.result)));
  socket.send(JSON.stringify({ id, method, params, sessionId: session }));
});
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const ask = async (expression) => {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
  return result.value;
};
/** Clicks with the mouse in the middle of what a selector finds. */
const click = async (selector) => {
  const at = await ask(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.scrollIntoView({ block: "center", behavior: "instant" });
    const r = e.getBoundingClientRect(); return { x: r.x + Math.min(r.width / 2, 60), y: r.y + r.height / 2 }; })()`);
  for (const type of ["mouseMoved", "mousePressed", "mouseReleased"]) {
    await send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 });
  }
  await pause(60);
};
const type = async (text) => { await send("Input.insertText", { text }); await pause(250); };
const shown = () => ask(`[...document.querySelectorAll(".finding")].filter((row) => !row.hidden).length`);
const picture = async (name, whole = true) => {
  await ask(`document.activeElement?.blur(), scrollTo(0, 0)`);
  // What is out of sight is not drawn, so a picture of the whole page needs a window as high.
  const [width, height] = await ask(`[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]`);
  if (whole) await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  await pause(300);
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  if (whole) await send("Emulation.setDeviceMetricsOverride", { width, height: 1000, deviceScaleFactor: 1, mobile: width < 500 });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(data, "base64"));
};

try {
  const { targetInfos } = await send("Target.getTargets");
  const target = targetInfos.find((one) => one.type === "page").targetId;
  session = (await send("Target.attachToTarget", { targetId: target, flatten: true })).sessionId;
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  const open = async (width, height, scheme) => {
    await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    const start = performance.now();
    await send("Page.navigate", { url: pathToFileURL(resolve(report)).href });
    while ((await ask(`document.readyState`)) !== "complete") await pause(20);
    await ask(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`);
    return performance.now() - start;
  };

  const time = await open(1440, 1000, "light");
  const total = await ask(`document.querySelectorAll(".finding").length`);
  console.log(`     ${total} findings, shown after ${time.toFixed(0)} ms`);
  if (total <= 1000) check(time < 2000, "the page opens within two seconds");

  if (total > 0) {
    await click(".finding > summary");
    check(await ask(`document.querySelector(".finding").open`), "a click opens a finding");
    check((await ask(`document.querySelectorAll(".finding .proof").length`)) === 1, "and shows its proof");
    check(await ask(`document.querySelector(".proof mark") !== null`), "with quoted code");
    if (total <= 100) await picture("light-1440-open");

    await click("#q");
    await type("no such words anywhere");
    check((await shown()) === 0, "a search without a match shows nothing");
    await click("#clear");
    check((await shown()) === total, "clearing shows everything again");
    const severity = await ask(`document.querySelector(".finding").dataset.severity`);
    await ask(`(() => { const s = document.querySelector("#severity"); s.value = ${JSON.stringify(severity)}; s.dispatchEvent(new Event("change")); })()`);
    check(await ask(`[...document.querySelectorAll(".finding")].every((row) => row.hidden === (row.dataset.severity !== ${JSON.stringify(severity)}))`), "the severity filters");
    await click("#clear");

    const label = await ask(`document.querySelector(".node").getAttribute("aria-label")`);
    await click(".node .bar");
    check(await ask(`document.querySelector(".node").getAttribute("aria-pressed") === "true"`), `a click on the map chooses: ${label}`);
    check(await ask(`document.querySelector("svg").classList.contains("following")`), "and follows the ribbons");
    const through = await ask(`JSON.parse(document.querySelector("#data").textContent).nodes[0].parts.filter((part) => part < ${total}).length`);
    check((await shown()) === through, `and shows the ${through} findings behind it`);
    if (total <= 100) await picture("light-1440-map", false);
    await ask(`document.querySelector(".node").focus()`);
    await send("Input.dispatchKeyEvent", { type: "keyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    await send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    await pause(60);
    check((await shown()) === total, "the Enter key lets go of it");
  }

  for (const [scheme, width, height] of [["light", 1440, 1000], ["dark", 1440, 1000], ["light", 360, 780], ["dark", 360, 780]]) {
    await open(width, height, scheme);
    const wide = await ask(`document.documentElement.scrollWidth`);
    check(wide <= width, `${scheme}, ${width} px: the page is ${wide} px wide`);
    if (total <= 100) {
      if (total > 0) await click(".finding > summary");
      await picture(`${scheme}-${width}`);
    }
  }

  const wrong = events.filter((event) => event.method === "Log.entryAdded" || event.method === "Runtime.exceptionThrown");
  check(wrong.length === 0, `no error and no breach of the policy ${wrong.map((event) => JSON.stringify(event.params)).join(" ")}`);
  const asked = events.filter((event) => event.method === "Network.requestWillBeSent").map((event) => event.params.request.url);
  const outside = asked.filter((url) => !url.startsWith("file:"));
  check(outside.length === 0, `nothing is asked of the network ${outside.join(" ")}`);
} finally {
  socket.close();
  browser.kill();
  await new Promise((done) => browser.on("exit", done));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(failures.length ? 1 : 0);
