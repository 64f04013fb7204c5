// Shows a question as a tenant sees it, while somebody types it. Without this a button does so.

const PAUSE_MS = 400;
const form = document.querySelector("form[data-preview]");
const shown = document.getElementById("preview");
let waiting;
let asking = new AbortController();

async function refresh() {
  asking.abort();
  asking = new AbortController();
  const sent = { method: "POST", body: new FormData(form), signal: asking.signal };
  const answer = await fetch(form.dataset.preview, sent);
  if (!answer.ok) return; // what stands there stays; saving tells what is wrong
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.replaceChildren(...page.body.childNodes);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => refresh().catch(() => {}), PAUSE_MS);
}

form.addEventListener("input", soon);
document.getElementById("shown")?.addEventListener("input", soon);
