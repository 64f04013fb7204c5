// The booth's page: code → choice → review → one button → receipt. One static page for everybody.
// A paper with several questions has a choice for each, one after the other.
//
// The code and the choices live in this page's memory and nowhere else: not in the address, not in
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
const questions = all("[data-question]");
const boxes = (question) => all("input", question);
const chosen = (question) => boxes(question).filter((box) => box.checked);
const mostOf = (question) => Number(question.dataset.most);
const isOver = (question) => chosen(question).length > mostOf(question);
const stepOf = (question) => question.dataset.step;
const isChoosing = (step) => questions.some((question) => stepOf(question) === step);
const nameOf = (box) => box.labels[0].textContent;

let work; // the worker
let election; // the exact text of election.json
let ballot; // {text, tracker} once made
let now = "start";
let depth = 0; // of this page in the browser's history
let reviewed = false; // whether all choices were seen together, so that a change leads back there

/** Steps that the phone's back button may walk through; later ones cannot be taken back. */
const isWalkable = (step) => step === "code" || step === "review" || isChoosing(step);

function go(step) {
  if (isChoosing(step) || step === "review") history.pushState({ step, depth: (depth += 1) }, "");
  else history.replaceState({ step, depth }, "");
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
    reviewed = false;
    return go(stepOf(questions[0]));
  } finally {
    busy.hidden = true;
  }
}

function countChosen(question) {
  reveal("count", isOver(question) ? "many" : chosen(question).length, question);
  if (!isOver(question)) refuse(question, "");
}

function listChosen() {
  for (const question of questions) {
    const lines = chosen(question).map((box) => {
      const line = document.createElement("li");
      line.textContent = nameOf(box);
      return line;
    });
    const place = one(`[data-review="${stepOf(question)}"]`);
    one("[data-chosen]", place).replaceChildren(...lines);
    one("[data-nobody]", place).hidden = lines.length > 0;
  }
  const any = questions.some((question) => chosen(question).length > 0);
  for (const told of all("[data-blank]")) told.hidden = any;
}

/** Show all choices together; a question with too many names comes first. */
function review() {
  const over = questions.find(isOver);
  if (over) return complain(over);
  listChosen();
  reviewed = true;
  return go("review");
}

function complain(question) {
  if (now !== stepOf(question)) go(stepOf(question));
  return refuse(question, "many");
}

function submitChoice(question) {
  if (isOver(question)) return complain(question);
  const next = questions[questions.indexOf(question) + 1];
  return reviewed || !next ? review() : go(stepOf(next));
}

async function submitBallot() {
  const over = questions.find(isOver);
  if (over) return complain(over);
  go("casting");
  reveal("casting", "lock");
  const bar = one(".booth__progress");
  const { fingerprint } = data;
  const code = canonical(codeField().value);
  const choices = questions.map((question) => boxes(question).map((box) => Number(box.checked)));
  ballot = await work("ballot", { election, fingerprint, code, choices }, (progress) => {
    bar.value = progress.done / progress.total;
  });
  return send();
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

/** After casting, the page holds neither code nor choices. */
function forget() {
  for (const form of all("form")) form.reset();
  for (const list of all("[data-chosen]")) list.replaceChildren();
  for (const told of all("[data-nobody], [data-blank], [data-voted]")) told.hidden = true;
  questions.forEach(countChosen);
}

function startAfresh() {
  now = "gone";
  location.replace(location.pathname + location.search);
}

function listen() {
  const submits = { code: submitCode, review: submitBallot, unsent: send };
  for (const question of questions) {
    submits[stepOf(question)] = () => submitChoice(question);
    for (const box of boxes(question)) box.addEventListener("change", () => countChosen(question));
  }
  for (const [step, act] of Object.entries(submits)) {
    onSubmit(step, act, () => go("broken"));
  }
  codeField().addEventListener("input", judgeAsTyped);
  for (const button of all("[data-change]")) {
    button.addEventListener("click", () => go(button.dataset.change));
  }
  carryFragment("code", () => canonical(codeField().value));
  window.addEventListener("popstate", ({ state }) => {
    // Backwards only: going forward is for the buttons, which look at what was filled in.
    if (!state || !isWalkable(now) || !isWalkable(state.step) || state.depth >= depth) return;
    depth = state.depth;
    now = state.step;
    if (now === "review") listChosen();
    show(now);
  });
  window.addEventListener("beforeunload", (event) => {
    const begun = isChoosing(now) && questions.some((question) => chosen(question).length > 0);
    if (begun || ["review", "casting", "unsent"].includes(now)) event.preventDefault();
  });
  // A page that the browser kept whole must not show the last voter's screen to the next.
  window.addEventListener("pageshow", ({ persisted }) => persisted && startAfresh());
  watchIdle(startAfresh, () => ["casting", "unsent", "alarm"].includes(now));
}

/** What stands on this page must be what stands in the file that ballots are bound to. */
function refuseOtherPaper(asked) {
  const shown = questions.map((question) => [mostOf(question), ...boxes(question).map(nameOf)]);
  const meant = asked.map(({ answers, max }) => [max, ...answers]);
  if (JSON.stringify(shown) !== JSON.stringify(meant)) {
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
