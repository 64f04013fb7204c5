// A letter's link carries the code behind the '#', which browsers never send. Fill it in, and take
// it out of the address and the history. Nothing is sent before the person presses the button.
const field = document.getElementById("code");
const code = new URLSearchParams(location.hash.slice(1)).get("code");
if (code) {
  history.replaceState(null, "", location.pathname + location.search);
  if (field && !field.value) field.value = code;
}
