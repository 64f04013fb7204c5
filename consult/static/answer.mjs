// Sends a page of questions so that nothing is lost where the network is bad: what was filled in
// stays before the person until it has arrived, and she tries again herself. Nothing is kept on the
// device. Warns before the session ends. Without this the same form is sent by the browser.

const WARN_SECONDS = 120;
const form = document.getElementById("filling");
const offline = document.getElementById("offline");
const ending = document.getElementById("ending");
const headers = { "X-Sent-By": "script" };
let busy = false;
let timer;

async function send(event) {
  event.preventDefault();
  if (busy) return;
  busy = true;
  offline.hidden = true;
  const body = new URLSearchParams(new FormData(form));
  const { submitter } = event;
  if (submitter?.name) body.append(submitter.name, submitter.value);
  try {
    const answer = await fetch(location.href, { method: "POST", headers, body });
    if (answer.status === 204) location.assign(answer.headers.get("X-Next"));
    else again(submitter);
  } catch {
    offline.hidden = false;
    busy = false;
  }
}

// Something is to be told: let the browser send it once more, and show the page that answers.
function again(submitter) {
  form.removeEventListener("submit", send);
  form.requestSubmit(submitter);
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => (ending.hidden = false), (form.dataset.seconds - WARN_SECONDS) * 1000);
}

async function longer() {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.longer, { method: "POST", headers, body }).catch(() => ({}));
  if (answer.status !== 204 || answer.headers.has("X-Next")) return;
  ending.hidden = true;
  wait();
}

if (form) {
  form.addEventListener("submit", send);
  ending.querySelector("button").addEventListener("click", longer);
  window.addEventListener("pageshow", () => (busy = false)); // back, to a page that was kept
  wait();
}

// Points that are left to divide, while somebody divides.
const left = document.querySelector("[data-points] strong");
left?.closest("form").addEventListener("input", () => {
  const given = [...form.querySelectorAll("input[name=answer]")].map((one) => Number(one.value) || 0);
  left.textContent = left.parentNode.dataset.points - given.reduce((sum, one) => sum + one, 0);
});
