// One ballot in the Belenios format, cryptography version 1, made on the voter's own device.
// Sections are those of the Belenios specification 2.0. Homomorphic questions without the "blank"
// flag: with a minimum of 0 an empty choice is a valid choice without a proof of its own.
//
// Choices go in as numbers 0 or 1 in the order of the paper and never come out again.

import {
  G, GROUP, P, Q, base64Hash, challengeOf, fixedBase, fromBytes, fromDecimal, isMember, mod,
  power, randomExponent,
} from "./group.mjs";

/** The secret exponent of a canonical code (4.8): PBKDF2-HMAC-SHA256, salted with the election. */
export async function deriveSecret(code, uuid) {
  const bytes = new TextEncoder();
  const password = await crypto.subtle.importKey("raw", bytes.encode(code), "PBKDF2", false, [
    "deriveBits",
  ]);
  const salt = bytes.encode(uuid);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 1000 };
  return fromBytes(new Uint8Array(await crypto.subtle.deriveBits(derivation, password, 256))) % Q;
}

/** The public half of a code, as a decimal text; this is all that the server ever sees of it. */
export const credentialOf = (secret) => String(power(G, secret));

const proofText = (challenge, response) => ({
  challenge: String(challenge),
  response: String(response),
});

/** A question that is counted by adding up, and without a blank's own place. */
const isPlain = ({ blank = false, type }) => !blank && type === undefined;

/** The exact bytes of election.json must carry the fingerprint that was announced. */
export async function openElection(text, fingerprint) {
  if ((await base64Hash(text)) !== fingerprint) throw new Error("fingerprint");
  const election = JSON.parse(text);
  const key = fromDecimal(election.public_key);
  const { group, questions, version } = election;
  if (version !== 1 || group !== GROUP || questions.length === 0 || !questions.every(isPlain)) {
    throw new Error("unknown kind of election");
  }
  if (!isMember(key)) throw new Error("election key outside the group");
  return { uuid: election.uuid, questions, key };
}

/**
 * Prove that (alpha, beta) = (g^r, y^r g^m) hides one of ``set``, without telling which (4.12).
 *
 * Every branch is first made as if it were false, from a random challenge and response. Knowing r
 * and m, all its powers are of the fixed bases: g^e alpha^c = g^(e + rc) and
 * y^e (beta / g^M)^c = y^(e + rc) g^((m - M)c). Then the challenge of the true branch, whose
 * commitments do not depend on it, is turned so that all challenges add up to the hash.
 */
async function proveOneOf(set, { g, y }, context, { alpha, beta, r, m }) {
  const proofs = set.map(() => [randomExponent(), randomExponent()]);
  const commitments = proofs.flatMap(([c, e], j) => {
    const shifted = mod(e + r * c, Q);
    return [g(shifted), (y(shifted) * g(mod(BigInt(m - set[j]) * c, Q))) % P];
  });
  const total = await challengeOf(`prove|${context}|${alpha},${beta}|`, commitments);
  const missing = proofs.reduce((rest, [c]) => rest - c, total);
  const [c, e] = proofs[set.indexOf(m)];
  proofs[set.indexOf(m)] = [mod(c + missing, Q), mod(e - r * missing, Q)];
  return proofs.map(([challenge, response]) => proofText(challenge, response));
}

/** The answer to a question (4.11.1): one ciphertext and proof each, and one over their sum. */
async function answer(choice, question, bases, header, proved) {
  const hidden = choice.map((m) => {
    const r = randomExponent();
    return { m, r, alpha: bases.g(r), beta: (bases.y(r) * bases.g(BigInt(m))) % P };
  });
  const proofs = [];
  for (const one of hidden) {
    proofs.push(await proveOneOf([0, 1], bases, header, one));
    proved();
  }
  const sum = hidden.reduce(
    (all, one) => ({
      m: all.m + one.m,
      r: mod(all.r + one.r, Q),
      alpha: (all.alpha * one.alpha) % P,
      beta: (all.beta * one.beta) % P,
    }),
    { m: 0, r: 0n, alpha: 1n, beta: 1n },
  );
  const { min, max } = question;
  const allowed = Array.from({ length: max - min + 1 }, (_, k) => min + k);
  const context = `${header}|${hidden.map((one) => `${one.alpha},${one.beta}`).join(",")}`;
  return {
    choices: hidden.map((one) => ({ alpha: String(one.alpha), beta: String(one.beta) })),
    individual_proofs: proofs,
    overall_proof: await proveOneOf(allowed, bases, context, sum),
  };
}

function isAllowed(choice, { answers, min, max }) {
  const chosen = choice.filter((m) => m === 1).length;
  const known = choice.every((m) => m === 0 || m === 1);
  return choice.length === answers.length && known && chosen >= min && chosen <= max;
}

function refuseUnlessAllowed(choices, questions) {
  const allowed = questions.every((question, place) => isAllowed(choices[place] ?? [], question));
  if (choices.length !== questions.length || !allowed) throw new Error("choice outside the paper");
}

/**
 * Make a signed ballot (4.14, 4.15).
 *
 * ``electionText``: the exact text of election.json. ``choices``: for each question one 0 or 1 for
 * each answer.
 * Returns ``text``, the ballot to send byte for byte, and ``tracker``, its fingerprint, computed
 * here so that no server can hand two voters the same one.
 */
export async function makeBallot(electionText, fingerprint, code, choices, progress = () => {}) {
  const { uuid, questions, key } = await openElection(electionText, fingerprint);
  refuseUnlessAllowed(choices, questions);
  const bases = { g: fixedBase(G), y: fixedBase(key) };
  const secret = await deriveSecret(code, uuid);
  const credential = String(bases.g(secret));
  const header = `${fingerprint}|${credential}`;
  const answers = [];
  let done = 0;
  const proved = () => progress((done += 1), choices.flat().length);
  for (const [place, question] of questions.entries()) {
    answers.push(await answer(choices[place], question, bases, header, proved));
  }
  const unsigned = {
    election_uuid: uuid,
    election_hash: fingerprint,
    credential,
    answers,
  };
  const hash = await base64Hash(JSON.stringify(unsigned));
  const w = randomExponent();
  const challenge = await challengeOf(`sig|${hash}|`, [bases.g(w)]);
  const proof = proofText(challenge, mod(w - secret * challenge, Q));
  const text = JSON.stringify({ ...unsigned, signature: { hash, proof } });
  return { text, tracker: await base64Hash(text) };
}
