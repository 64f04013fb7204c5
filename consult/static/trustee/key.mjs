// What a trustee does with the private key x: prove that she knows it (Belenios specification
// 2.0, 4.7) and remove her layer from the encrypted tally (4.18). One key per trustee, all needed.
//
// BigInt is not constant time: whoever can run programs on the same computer could in theory
// measure x. The page asks for a computer of the trustee's own, and the key lives for one election.

import {
  G, GROUP, Q, challengeOf, fromDecimal, hexHash, mod, power, randomExponent,
} from "../booth/group.mjs";

const proofText = (challenge, response) => ({
  challenge: String(challenge),
  response: String(response),
});

/** A new private key, a number in [1, Q). */
export function newKey() {
  for (;;) {
    const x = randomExponent();
    if (x > 0n) return x;
  }
}

/** The public key X = g^x, with the proof that its sender knows x. */
export async function publicPart(x) {
  const publicKey = power(G, x);
  const w = randomExponent();
  const challenge = await challengeOf(`pok|${GROUP}|${publicKey}|`, [power(G, w)]);
  const pok = proofText(challenge, mod(w - x * challenge, Q));
  return { public_key: String(publicKey), pok };
}

/** The key file: the number in quotes, as ``belenios-tool election decrypt --privkey`` reads it. */
export const toFile = (x) => `${JSON.stringify(String(x))}\n`;

/** The private key from the text of a key file; an error for anything else. */
export function fromFile(text) {
  const x = fromDecimal(JSON.parse(text));
  if (x === 0n || x >= Q) throw new Error("not a private key");
  return x;
}

/**
 * Partial decryption of ``tally``, rows of {alpha, beta} as numbers.
 *
 * Only ever call it with a tally that archive.mjs recomputed from the ballots: a server could
 * otherwise pass off one person's ballot as "the tally" and read it.
 */
export async function decrypt(x, fingerprint, tally) {
  const prefix = `decrypt|${fingerprint}|${power(G, x)}|`;
  const decryption = { decryption_factors: [], decryption_proofs: [] };
  for (const row of tally) {
    const proofs = [];
    for (const { alpha } of row) {
      const w = randomExponent();
      const challenge = await challengeOf(prefix, [power(G, w), power(alpha, w)]);
      proofs.push(proofText(challenge, mod(w - x * challenge, Q)));
    }
    decryption.decryption_factors.push(row.map(({ alpha }) => String(power(alpha, x))));
    decryption.decryption_proofs.push(proofs);
  }
  return decryption;
}

/**
 * The holder's number for a computed lot: 32 bytes that nobody can guess who has not the key.
 *
 * It follows from the key, so that the one file which the holder keeps holds both. Whoever sees
 * the number learns no more of the key than the public key tells already.
 */
export const lotNumber = (x, uuid) => hexHash(`lot-secret/1|${uuid}|${x}`);

/** What is published of the number before the vote (consult/elections/core/draw.py). */
export const lotCommitment = (number, uuid) => hexHash(`lot-commit/1|${uuid}|${number}`);
