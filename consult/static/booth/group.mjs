// The group BELENIOS-2048 (Belenios specification 2.0, section 5.1) on plain BigInt: a prime P of
// 2048 bits and a generator G of the subgroup of prime order Q, 256 bits.
//
// BigInt is not constant time. A voter's phone makes one ballot with fresh random numbers, so
// there is little to measure; the trustee's page says why it wants a computer of one's own.

export const GROUP = "BELENIOS-2048";

export const P = BigInt(
  "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223" +
    "7254497684338129066633138078958404960054389636289796393038773905722803605973749427671376" +
    "7776188985898727358650490811670993105358677809800307904916540637771737641986785272734744" +
    "7634183560003569830519314428456170191100078673730733356412397173289791324047457883446826" +
    "0652327974647951137672658693582180046317922073668860052627186363386088796882120769432366" +
    "1494910029234443463732221458841005864210502421203654335612013204811188524087310770141516" +
    "6620016231317716937218924807850771182784231749807327659882882516918310312568016207288071" +
    "9",
);

export const Q = BigInt(
  "78571733251071885079927659812671450121821421258408794611510081919805623223441",
);

export const G = BigInt(
  "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285" +
    "6761552696787996946682987493890950838965734256019006010684771644917354741372831046104586" +
    "8131451178164675540052740288984613986453266121505579709716201616827031288643245666383486" +
    "3635782106154918419982534315189740658186868651151358576410138882215396016043228843603930" +
    "9893336627728484065931384060102316750957637779826651036068224066350766977640253462537730" +
    "8513317349519424896775405257365904949247763147599157519877517771148149092045660020547812" +
    "7054728238140972518639858334115700568353695553423781475582491896050296680037745308460627",
);

/** The representative of ``value`` in [0, m); the sign of % in JavaScript follows the dividend. */
export const mod = (value, m) => ((value % m) + m) % m;

/** 1, base, base^2, … base^15: one row of a window of four bits. */
function powersOf(base) {
  const row = [1n];
  for (let k = 1; k < 16; k += 1) row.push((row[k - 1] * base) % P);
  return row;
}

/** base^exponent mod P for a base that is used once; exponent >= 0. */
export function power(base, exponent) {
  const row = powersOf(base);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let k = 0; k < 4; k += 1) result = (result * result) % P;
    result = (result * row[parseInt(digit, 16)]) % P;
  }
  return result;
}

/**
 * A function exponent => base^exponent mod P, for exponents in [0, Q).
 *
 * One row of powers for each of the 64 hexadecimal digits of an exponent: after that an
 * exponentiation is 64 multiplications instead of 320. Every power a ballot needs is one of G or
 * of the election key, which is what makes voting quick on an old phone.
 */
export function fixedBase(base) {
  const rows = [];
  let unit = base;
  for (let place = 0; place < 64; place += 1) {
    rows.push(powersOf(unit));
    unit = (rows[place][15] * unit) % P;
  }
  return (exponent) => {
    const digits = exponent.toString(16);
    let result = 1n;
    for (let place = 0; place < digits.length; place += 1) {
      result = (result * rows[place][parseInt(digits[digits.length - 1 - place], 16)]) % P;
    }
    return result;
  };
}

/** Whether x is in the subgroup of order Q: anything else could leak an exponent bit by bit. */
export const isMember = (x) => x > 0n && x < P && power(x, Q) === 1n;

/** A number from a canonical decimal string (no sign, no leading zero), or an error. */
export function fromDecimal(text) {
  if (typeof text !== "string" || !/^(0|[1-9][0-9]{0,616})$/.test(text)) {
    throw new Error("not a decimal number");
  }
  return BigInt(text);
}

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A big-endian byte string as a number. */
export const fromBytes = (bytes) => BigInt(`0x${toHex(bytes)}`);

/** A uniform number in [0, Q): numbers beyond Q are thrown away, not reduced. */
export function randomExponent() {
  for (;;) {
    const drawn = fromBytes(crypto.getRandomValues(new Uint8Array(32)));
    if (drawn < Q) return drawn;
  }
}

async function sha256(data) {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** SHA-256 of a text or bytes, lowercase hexadecimal: names in the archive. */
export const hexHash = async (data) => toHex(await sha256(data));

/** SHA-256 of a text or bytes, base64 without padding: fingerprints and trackers. */
export const base64Hash = async (data) =>
  btoa(String.fromCharCode(...(await sha256(data)))).replace(/=+$/, "");

/** H(prefix, elements) of section 4: the challenge of a proof, a number in [0, Q). */
export const challengeOf = async (prefix, elements) =>
  fromBytes(await sha256(prefix + elements.join(","))) % Q;
