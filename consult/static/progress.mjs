// Moves a progress bar along with work on the server, and opens the page anew when it has ended.
// Without this the link below the bar does the same by hand.

const EVERY_MS = 1000;
const box = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { busy, done, total } = await answer.json();
  if (!busy) {
    location.reload();
    return;
  }
  const bar = box.querySelector("progress");
  bar.max = total || bar.max;
  bar.value = done;
  setTimeout(look, EVERY_MS);
}

if (box) setTimeout(look, EVERY_MS);
