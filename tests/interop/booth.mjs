// Run the modules of the booth and of the trustees' room outside a browser: `node booth.mjs TASK`
// reads one JSON value from standard input and writes one to standard output.

import { readFileSync } from "node:fs";

import { credentialOf, deriveSecret, makeBallot } from "../../consult/static/booth/ballot.mjs";
import { canonical, judge } from "../../consult/static/booth/code.mjs";
import { readArchive } from "../../consult/static/trustee/archive.mjs";
import {
  decrypt, fromFile, lotCommitment, lotNumber, newKey, publicPart, toFile,
} from "../../consult/static/trustee/key.mjs";
import { ballotChecker } from "../../consult/static/trustee/verify.mjs";

async function read({ archive }) {
  try {
    const board = await readArchive(readFileSync(archive));
    const holds = ballotChecker(board.election, board.fingerprint);
    return { board, valid: await Promise.all(board.ballots.map(holds)) };
  } catch (error) {
    return { refused: error.reason ?? `unexpected: ${error.message}` };
  }
}

const tasks = {
  codes: (typed) => typed.map((one) => [judge(one), canonical(one)]),
  credential: async ({ code, uuid }) => credentialOf(await deriveSecret(code, uuid)),
  ballot: ({ election, fingerprint, code, choices }) =>
    makeBallot(election, fingerprint, code, choices).catch((error) => ({ refused: error.message })),
  key: async () => {
    const x = newKey();
    return { file: toFile(x), ...(await publicPart(x)) };
  },
  lot: async ({ file, uuid }) => {
    const number = await lotNumber(fromFile(file), uuid);
    return { number, commitment: await lotCommitment(number, uuid) };
  },
  read: async (asked) => {
    const { board, ...rest } = await read(asked);
    return board ? { ...rest, counted: board.counted, head: board.head } : rest;
  },
  decrypt: async ({ archive, file }) => {
    const { board } = await read({ archive });
    return decrypt(fromFile(file), board.fingerprint, board.tally);
  },
};

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await tasks[process.argv[2]](asked)));
