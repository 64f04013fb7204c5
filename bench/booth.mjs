// What a ballot costs where it is made: `node bench/booth.mjs`. One line for each paper:
// milliseconds for a ballot (median of seven, window tables included), its bytes, and milliseconds
// to check it as the trustees' page does. Multiply by 4 to 6 for a cheap phone.

import { makeBallot } from "../consult/static/booth/ballot.mjs";
import { base64Hash, G, power } from "../consult/static/booth/group.mjs";
import { newKey } from "../consult/static/trustee/key.mjs";
import { ballotChecker } from "../consult/static/trustee/verify.mjs";

const CODE = "3141-5926-5358-9793-2384-6264-34";
const PAPERS = [
  [[3, 1]],
  [[14, 5]],
  [[20, 13]],
  [[40, 13]],
  [[4, 1], [6, 2], [20, 13]],
];

async function timed(times, act) {
  const took = [];
  let made;
  for (let k = 0; k < times; k += 1) {
    const start = performance.now();
    made = await act();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return [made, took[times >> 1].toFixed(0)];
}

for (const paper of PAPERS) {
  const election = {
    version: 1,
    description: "",
    name: "Meting",
    group: "BELENIOS-2048",
    public_key: String(power(G, newKey())),
    questions: paper.map(([n, max]) => ({
      answers: Array.from({ length: n }, (_, k) => `Kandidaat ${k + 1}`),
      min: 0,
      max,
      question: "Wie?",
    })),
    uuid: "BenchBenchBench",
  };
  const text = JSON.stringify(election);
  const fingerprint = await base64Hash(text);
  const choices = paper.map(([n, max]) => Array.from({ length: n }, (_, k) => Number(k < max)));
  const [ballot, made] = await timed(7, () => makeBallot(text, fingerprint, CODE, choices));
  const check = ballotChecker(election, fingerprint);
  const [valid, checked] = await timed(3, () => check(JSON.parse(ballot.text)));
  if (!valid) throw new Error("the ballot is not valid");
  const size = ballot.text.length;
  const told = paper.map(([n, max]) => `n=${n} max=${max}`).join(" + ");
  console.log(`${told}: make ${made} ms, ${size} bytes, check ${checked} ms`);
}
