// The worker of the trustees' room: it makes the key, checks the whole archive and decrypts.
// It decrypts only what it has itself recomputed from the ballots in that archive.

import { base64Hash } from "../booth/group.mjs";
import { answerWith } from "../booth/work.mjs";
import { Distrust, readArchive } from "./archive.mjs";
import {
  decrypt, fromFile, lotCommitment, lotNumber, newKey, publicPart, toFile,
} from "./key.mjs";
import { ballotChecker } from "./verify.mjs";

let checked; // the archive, once everything in it holds

/** Whose key a file holds; the fingerprint is short enough to compare by eye. */
async function identify({ file }) {
  const { public_key: key } = await publicPart(fromFile(file));
  return { key, fingerprint: await base64Hash(key) };
}

async function check({ archive, file, uuid }, progress) {
  checked = undefined;
  const board = await readArchive(new Uint8Array(archive));
  const { key } = await identify({ file });
  if (board.election.uuid !== uuid) throw new Distrust("election");
  if (!board.trustees.includes(key)) throw new Distrust("key");
  const holds = ballotChecker(board.election, board.fingerprint);
  for (const [place, ballot] of board.ballots.entries()) {
    if (!(await holds(ballot))) throw new Distrust("ballot", `number ${place + 1}`);
    progress(place + 1, board.ballots.length);
  }
  checked = board;
  const { counted, fingerprint, head } = board;
  return { ballots: board.ballots.length, counted, fingerprint, head };
}

answerWith({
  make: async ({ uuid }) => {
    const x = newKey();
    const lot = await lotCommitment(await lotNumber(x, uuid), uuid);
    return { file: toFile(x), sent: { ...(await publicPart(x)), lot } };
  },
  identify,
  check,
  number: ({ file, uuid }) => lotNumber(fromFile(file), uuid),
  decrypt: ({ file }) => {
    if (!checked) throw new Distrust("order");
    return decrypt(fromFile(file), checked.fingerprint, checked.tally);
  },
});
