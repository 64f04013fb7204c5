// The code from the letter: 26 digits, shown in groups of four, the last two a check
// (ISO 7064 mod 97-10). This module knows nothing but the code; it runs before any cryptography.

export const LENGTH = 26;

// Arabic and Persian keyboards write their own digits; both alphabets run from zero upwards.
const ZEROS = [0x0660, 0x06f0];

const toLatin = (character) => {
  const point = character.codePointAt(0);
  const zero = ZEROS.find((first) => point >= first && point < first + 10);
  return zero === undefined ? character : String(point - zero);
};

/** What was typed without spaces, hyphens, dots and invisible marks, with Latin digits. */
export const normalise = (typed) =>
  Array.from(typed.replace(/[\s\p{Pd}\p{Cf}.\u2212]/gu, ""), toLatin).join("");

/** Whether the digits, read as one number, leave 1 modulo 97. */
function checkHolds(digits) {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** "empty", "strange" (not a digit), "short", "long", "wrong" (the check fails) or "good". */
export function judge(typed) {
  const digits = normalise(typed);
  if (digits === "") return "empty";
  if (!/^[0-9]+$/.test(digits)) return "strange";
  if (digits.length !== LENGTH) return digits.length < LENGTH ? "short" : "long";
  return checkHolds(digits) ? "good" : "wrong";
}

/** Groups of four joined by hyphens. This exact text is the password of the derivation. */
export const canonical = (typed) => normalise(typed).replace(/(.{4})(?=.)/g, "$1-");
