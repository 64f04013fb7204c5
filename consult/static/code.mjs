// A letter's link carries the code behind the '#', which browsers never send. Fill it in, and take
// it out of the address and the history. Nothing is sent before the person presses the button.
const field = document.getElementById("code");

function take() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (field) field.value = code;
}

take();
window.addEventListener("hashchange", take); // the link of a letter once more in the same tab
