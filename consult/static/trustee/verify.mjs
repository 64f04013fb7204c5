// Check one ballot as any auditor would (Belenios specification 2.0, 4.12, 4.14).
//
// Without this a server could slip in a ballot that is somebody's ciphertext a thousand times
// over, and read that person's vote from the result; the proofs make that impossible.

import {
  G, P, Q, base64Hash, challengeOf, fixedBase, fromDecimal, isMember, mod, power,
} from "../booth/group.mjs";

function exponent(text) {
  const value = fromDecimal(text);
  if (value >= Q) throw new Error("exponent out of range");
  return value;
}

const readProof = ({ challenge, response }) => [exponent(challenge), exponent(response)];

function readCiphertext({ alpha, beta }) {
  const pair = { alpha: fromDecimal(alpha), beta: fromDecimal(beta) };
  if (!isMember(pair.alpha) || !isMember(pair.beta)) throw new Error("outside the group");
  return pair;
}

async function hidesOneOf(set, { g, y }, context, { alpha, beta }, proofs) {
  if (proofs.length !== set.length) return false;
  const commitments = [];
  let sum = 0n;
  proofs.map(readProof).forEach(([c, e], j) => {
    const unshifted = (power(beta, c) * g(mod(-BigInt(set[j]) * c, Q))) % P;
    commitments.push((g(e) * power(alpha, c)) % P, (y(e) * unshifted) % P);
    sum += c;
  });
  return (await challengeOf(`prove|${context}|${alpha},${beta}|`, commitments)) === sum % Q;
}

async function signed({ g }, { signature, ...unsigned }) {
  const hash = await base64Hash(JSON.stringify(unsigned));
  const [challenge, response] = readProof(signature.proof);
  const commitment = (g(response) * power(fromDecimal(unsigned.credential), challenge)) % P;
  return signature.hash === hash && (await challengeOf(`sig|${hash}|`, [commitment])) === challenge;
}

async function answered(bases, header, question, answer) {
  const { choices, individual_proofs: proofs, overall_proof: overall, ...more } = answer;
  if (Object.keys(more).length > 0) return false;
  if (choices.length !== question.answers.length || proofs.length !== choices.length) return false;
  const hidden = choices.map(readCiphertext);
  for (const [j, one] of hidden.entries()) {
    if (!(await hidesOneOf([0, 1], bases, header, one, proofs[j]))) return false;
  }
  const sum = hidden.reduce(
    (all, one) => ({ alpha: (all.alpha * one.alpha) % P, beta: (all.beta * one.beta) % P }),
    { alpha: 1n, beta: 1n },
  );
  const { min, max } = question;
  const allowed = Array.from({ length: max - min + 1 }, (_, k) => min + k);
  const context = `${header}|${choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",")}`;
  return hidesOneOf(allowed, bases, context, sum, overall);
}

/** A function ballot => Promise of whether every proof and the signature hold. */
export function ballotChecker(election, fingerprint) {
  const bases = { g: fixedBase(G), y: fixedBase(fromDecimal(election.public_key)) };
  return async (ballot) => {
    try {
      const header = `${fingerprint}|${ballot.credential}`;
      const { questions } = election;
      if (ballot.answers.length !== questions.length) return false;
      if (!(await signed(bases, ballot))) return false;
      for (const [place, question] of questions.entries()) {
        if (!(await answered(bases, header, question, ballot.answers[place]))) return false;
      }
      return true;
    } catch {
      return false;
    }
  };
}
