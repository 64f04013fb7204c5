// How many words fit still, while somebody writes. The server counts in the same way
// (core/words.py), and without this the limit stands beside the field.

const BETWEEN = /[\s\u200b\u2060\ufeff]+/u;
const WORD = /[\p{L}\p{N}]/u;
const PAUSE_MS = 600; // a screen reader is not interrupted at every key

export function count(text) {
  return text.split(BETWEEN).filter((part) => WORD.test(part)).length;
}

function watch(told) {
  const field = document.getElementById(told.dataset.words);
  const most = Number(told.dataset.most);
  let waiting;
  const tell = () => {
    const left = most - count(field.value);
    const words = left < 0 ? told.dataset.over : told.dataset.left;
    told.textContent = words.replace("{n}", Math.abs(left));
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, PAUSE_MS);
  });
  tell();
  told.hidden = false;
}

if (globalThis.document) document.querySelectorAll("[data-words]").forEach(watch);
