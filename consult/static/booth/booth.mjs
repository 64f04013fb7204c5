// The booth's page: code → choice → review → one button → receipt. One static page for everybody.
//
// The code and the choice live in this page's memory and nowhere else: not in the address, not in
// any storage, not in a request. What is sent is in ballotbox.mjs; what is counted, in ballot.mjs.

import { askAbout, cast } from "./ballotbox.mjs";
import { canonical, judge, normalise } from "./code.mjs";
import { watchIdle } from "./idle.mjs";
import { all, carryFragment, one, onSubmit, refuse, reveal, show, takeFragment } from "./page.mjs";
import { offerReceipt, showReceipt } from "./receipt.mjs";
import { startWorker } from "./work.mjs";

const carried = takeFragment("code");
const data = JSON.parse(one("#booth-data").textContent);
const section = (step) => one(`[data-step="${step}"]`);
const boxes = () => all('[data-step="choose"] input');
const choice = () => boxes().map((box) => (box.checked ? 1 : 0));
const chosen = () => boxes().filter((box) => box.checked);
const nameOf = (box) => box.labels[0].textContent;

let work; // the worker
let election; // the exact text of election.json
let ballot; // {text, tracker} once made
let now = "start";

/** Steps that the phone's back button may walk through; later ones cannot be taken back. */
const WALKABLE = ["code", "choose", "review"];

function go(step) {
  if (step === "choose" || step === "review") history.pushState({ step }, "");
  else history.replaceState({ step }, "");
  now = step;
  show(step);
}

const codeField = () => one("#code");

function judgeAsTyped({ inputType = "" } = {}) {
  const field = codeField();
  const atEnd = field.selectionStart === field.value.length;
  if (atEnd && !inputType.startsWith("delete") && judge(field.value) !== "strange") {
    field.value = canonical(field.value).replaceAll("-", " ");
  }
  one("[data-digits]").textContent = String(normalise(field.value).length);
  reveal("live", judge(field.value));
}

/** Find out whether the code is known, before anybody takes the trouble to choose. */
async function submitCode() {
  const place = section("code");
  const state = judge(codeField().value);
  reveal("live", "");
  if (state !== "good") return refuse(place, state);
  const busy = one("[data-busy]", place);
  busy.hidden = false;
  try {
    const code = canonical(codeField().value);
    const credential = await work("credential", { code, uuid: data.uuid });
    const answer = await askAbout(data.code_url, credential);
    if (answer.error) return refuse(place, answer.error, answer.seconds);
    one("[data-voted]").hidden = !answer.voted;
    return go("choose");
  } finally {
    busy.hidden = true;
  }
}

function countChosen() {
  const number = chosen().length;
  reveal("count", number > data.max ? "many" : number);
  if (number <= data.max) refuse(section("choose"), "");
}

function submitChoice() {
  const names = chosen().map(nameOf);
  if (names.length > data.max) return refuse(section("choose"), "many");
  const lines = names.map((name) => {
    const line = document.createElement("li");
    line.textContent = name;
    return line;
  });
  one("[data-chosen]").replaceChildren(...lines);
  one("[data-blank]").hidden = names.length > 0;
  return go("review");
}

async function submitBallot() {
  go("casting");
  reveal("casting", "lock");
  const bar = one(".booth__progress");
  const { fingerprint } = data;
  const code = canonical(codeField().value);
  ballot = await work("ballot", { election, fingerprint, code, choice: choice() }, (progress) => {
    bar.value = progress.done / progress.total;
  });
  await send();
}

async function send() {
  if (now !== "casting") go("casting");
  reveal("casting", "send");
  one(".booth__progress").removeAttribute("value");
  const answer = await cast(data.ballots_url, ballot.text, () => reveal("casting", "again"));
  if (answer.receipt) return finish(answer.receipt);
  if (answer.refused === undefined) return go("unsent");
  reveal("reason", answer.refused === "elections.not_open" ? "closed" : "other");
  forget();
  return go("refused");
}

function finish(receipt) {
  forget();
  showReceipt(ballot.tracker, receipt);
  offerReceipt(ballot.tracker);
  one('[data-fact="answered"]').textContent = String(receipt.tracker);
  // The tracker must be our own: a server that gives two voters the same one could drop a ballot.
  go(receipt.tracker === ballot.tracker ? "done" : "alarm");
}

/** After casting, the page holds neither code nor choice. */
function forget() {
  for (const form of all("form")) form.reset();
  one("[data-chosen]").replaceChildren();
  one("[data-blank]").hidden = true;
  one("[data-voted]").hidden = true;
  countChosen();
}

function startAfresh() {
  now = "gone";
  location.replace(location.pathname + location.search);
}

function listen() {
  const submits = { code: submitCode, choose: submitChoice, review: submitBallot, unsent: send };
  for (const [step, act] of Object.entries(submits)) {
    onSubmit(step, act, () => go("broken"));
  }
  codeField().addEventListener("input", judgeAsTyped);
  for (const box of boxes()) box.addEventListener("change", countChosen);
  one("[data-change]").addEventListener("click", () => history.back());
  carryFragment("code", () => canonical(codeField().value));
  window.addEventListener("popstate", ({ state }) => {
    // Backwards only: going forward is for the buttons, which look at what was filled in.
    const there = WALKABLE.indexOf(state?.step);
    if (there === -1 || there >= WALKABLE.indexOf(now)) return;
    now = state.step;
    show(now);
  });
  window.addEventListener("beforeunload", (event) => {
    const begun = now === "choose" && chosen().length > 0;
    if (begun || ["review", "casting", "unsent"].includes(now)) event.preventDefault();
  });
  // A page that the browser kept whole must not show the last voter's screen to the next.
  window.addEventListener("pageshow", ({ persisted }) => persisted && startAfresh());
  watchIdle(startAfresh, () => ["casting", "unsent", "alarm"].includes(now));
}

/** What stands on this page must be what stands in the file that ballots are bound to. */
function refuseOtherPaper(question) {
  const shown = boxes().map(nameOf);
  const same = question.answers.every((answer, place) => answer === shown[place]);
  if (!same || shown.length !== question.answers.length || question.max !== data.max) {
    throw new Error("the paper is not the election's");
  }
}

async function start() {
  try {
    listen();
    work = startWorker(new URL("./worker.mjs", import.meta.url));
    election = await (await fetch("election.json", { credentials: "omit" })).text();
    refuseOtherPaper(await work("open", { election, fingerprint: data.fingerprint }));
    go("code");
    codeField().value = carried;
    judgeAsTyped();
  } catch {
    go("broken");
  }
}

if (section("code")) start();
