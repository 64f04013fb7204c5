// The worker of the booth: it counts so that the page stays quick. It has no network of its own;
// what goes out, goes out from booth.mjs, where it can be read in one place.

import { credentialOf, deriveSecret, makeBallot } from "./ballot.mjs";

const tasks = {
  credential: async ({ code, uuid }) => credentialOf(await deriveSecret(code, uuid)),
  ballot: ({ election, fingerprint, code, choice }) =>
    makeBallot(election, fingerprint, code, choice, (done, total) =>
      self.postMessage({ progress: { done, total } }),
    ),
};

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ result: await tasks[data.task](data) });
  } catch (error) {
    self.postMessage({ error: String(error.message) });
  }
};
