// The worker of the booth. It counts and has no network: what goes out, goes out from
// ballotbox.mjs, where it can be read in one place.

import { credentialOf, deriveSecret, makeBallot, openElection } from "./ballot.mjs";
import { answerWith } from "./work.mjs";

answerWith({
  /** Whether this device can do the arithmetic and the election is the one announced. */
  open: async ({ election, fingerprint }) => (await openElection(election, fingerprint)).questions,
  credential: async ({ code, uuid }) => credentialOf(await deriveSecret(code, uuid)),
  ballot: ({ election, fingerprint, code, choices }, progress) =>
    makeBallot(election, fingerprint, code, choices, progress),
});
