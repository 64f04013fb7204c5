// The trustees' room: make a key before the election, decrypt the sum of the votes after it.
//
// The private key is made here and never sent; it leaves this page only as a file that its holder
// keeps. The access token comes in the address behind the #, and goes along as a header.

import {
  all, carryFragment, one, onSubmit, refuse, reveal, save, show, takeFragment, tell,
} from "../booth/page.mjs";
import { startWorker } from "../booth/work.mjs";

const token = takeFragment("token");
const data = JSON.parse(one("#trustee-data").textContent);
const section = (step) => one(`[data-step="${step}"]`);

let work; // the worker
let made; // {file, sent}: a fresh key, until it is known to be kept
let file; // the text of the chosen key file
let now = "start";

function go(step) {
  now = step;
  show(step);
  // As long as the server still takes a key, a lost one can be replaced.
  one("[data-again]").hidden = data.state !== "key";
}

/** The first step for whoever comes with a valid link. */
const entry = () => (data.state === "key" && data.public_key ? "waiting" : data.state);

/** The text of the file that was chosen in a step, or an error shown there. */
async function chosenFile(step) {
  const [picked] = one('input[type="file"]', section(step)).files;
  if (!picked) return refuse(section(step), "empty");
  const text = await picked.text();
  const known = await work("identify", { file: text }).catch(() => null);
  if (!known) return refuse(section(step), "wrong");
  const mine = made ? made.sent.public_key : data.public_key;
  if (known.key !== mine) return refuse(section(step), "other");
  tell("key", known.fingerprint);
  return text;
}

async function send(url, value) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Trustee-Token": token },
    body: JSON.stringify(value),
    credentials: "omit",
  }).catch(() => null);
  return response === null || response.status >= 500 ? "offline" : response.ok ? "" : "refused";
}

async function makeKey() {
  made = await work("make", { uuid: data.uuid });
  go("keep");
}

/** Only a key that was seen to be kept is handed in: a lost key loses the election. */
async function handInKey() {
  if (!(await chosenFile("keep"))) return undefined;
  const error = await send(data.key_url, made.sent);
  if (error) return refuse(section("keep"), error);
  data.public_key = made.sent.public_key;
  made = undefined;
  return go("waiting");
}

async function tryKey() {
  if (await chosenFile("waiting")) reveal("tried", "good", section("waiting"));
}

async function checkArchive() {
  file = await chosenFile("decrypt");
  if (!file) return undefined;
  go("checking");
  const bar = one(".booth__progress");
  try {
    const response = await fetch(data.archive_url, { credentials: "omit", cache: "no-store" });
    if (!response.ok) return backTo("decrypt", "offline");
    const archive = await response.arrayBuffer();
    const found = await work("check", { archive, file, uuid: data.uuid }, ({ done, total }) => {
      bar.value = done / total;
    });
    for (const [name, value] of Object.entries(found)) tell(name, value);
    return go("checked");
  } catch (error) {
    if (error instanceof TypeError) return backTo("decrypt", "offline");
    reveal("reason", error.reason ?? "damaged");
    tell("detail", error.message);
    return go("distrust");
  }
}

function backTo(step, error) {
  go(step);
  refuse(section(step), error);
}

/** Both can be handed in again: the same a second time changes nothing. */
async function handInDecryption() {
  const error = await send(data.decryption_url, await work("decrypt", { file })) ||
    await handInNumber();
  if (error) return refuse(section("checked"), error);
  file = undefined;
  return go("done");
}

/** The number for the lot, where the election asks for one. */
async function handInNumber() {
  if (!data.number_asked) return "";
  return send(data.number_url, { number: await work("number", { file, uuid: data.uuid }) });
}

/** For who opened the sum but whose number did not arrive. */
async function handInLateNumber() {
  file = await chosenFile("number");
  if (!file) return undefined;
  const error = await handInNumber();
  if (error) return refuse(section("number"), error);
  file = undefined;
  return go("done");
}

function listen() {
  const submits = {
    key: makeKey,
    keep: handInKey,
    waiting: tryKey,
    decrypt: checkArchive,
    checked: handInDecryption,
    number: handInLateNumber,
  };
  for (const [step, act] of Object.entries(submits)) {
    onSubmit(step, act, () => go("broken"));
  }
  for (const input of all('input[type="file"]')) {
    input.addEventListener("change", () => reveal("tried", "", section("waiting")));
  }
  one("[data-make]").addEventListener("click", () => go("key"));
  const { file: name } = section("keep").dataset;
  one("[data-download]").addEventListener("click", () => {
    save(`${name}-${data.uuid}.json`, made.file, "application/json");
  });
  carryFragment("token", () => token);
  window.addEventListener("beforeunload", (event) => {
    if (["keep", "checking"].includes(now)) event.preventDefault();
  });
}

async function start() {
  try {
    listen();
    work = startWorker(new URL("./worker.mjs", import.meta.url));
    await work("make", { uuid: data.uuid }); // shows that this computer can do the arithmetic
    go(token ? entry() : "link");
  } catch {
    go("broken");
  }
}

start();
