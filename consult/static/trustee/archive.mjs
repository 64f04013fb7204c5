// Read the public archive of an election (UUID.bel) and recompute what was handed in, before a
// trustee lends her key to it. Everything here distrusts the server: any deviation is an error.
//
// The archive is an old-style tar: BELENIOS first, then data and events, each named by the
// SHA-256 of its bytes; every event names its parent, so that the last one fixes all before it.

import { GROUP, P, base64Hash, fromDecimal, hexHash, isMember } from "../booth/group.mjs";

/** The archive does not deserve a decryption; ``reason`` picks the sentence on the page. */
export class Distrust extends Error {
  constructor(reason, detail = "") {
    super(`${reason} ${detail}`.trim());
    this.reason = reason;
  }
}

function insist(holds, reason, detail) {
  if (!holds) throw new Distrust(reason, detail);
}

const latin = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8", { fatal: true });

const field = (header, from, length) => latin.decode(header.subarray(from, from + length));

/** The members of the tar in order, as [name, bytes]; a header is 512 bytes, so is the padding. */
function members(bytes) {
  const found = [];
  let at = 0;
  while (at < bytes.length) {
    const header = bytes.subarray(at, at + 512);
    const size = parseInt(field(header, 124, 11), 8);
    insist(header.length === 512 && size >= 0, "damaged", `at ${at}`);
    const end = at + 512 + size;
    insist(end <= bytes.length, "damaged", "cut off");
    found.push([field(header, 0, 100).replace(/\0.*$/s, ""), bytes.subarray(at + 512, end)]);
    at = Math.ceil(end / 512) * 512;
  }
  return found;
}

/** Events in order with their payloads as text, after checking each name and each parent. */
async function readChain(bytes) {
  const [first, ...rest] = members(bytes);
  insist(first?.[0] === "BELENIOS" && JSON.parse(utf8.decode(first[1])).version === 1, "damaged");
  const data = new Map();
  const events = [];
  let head;
  for (const [name, body] of rest) {
    const hash = await hexHash(body);
    const text = utf8.decode(body);
    if (name === `${hash}.data.json`) {
      data.set(hash, text);
      continue;
    }
    insist(name === `${hash}.event.json`, "damaged", name);
    const { parent, height, type, payload } = JSON.parse(text);
    insist(parent === head && height === events.length, "chain", `event ${events.length}`);
    insist(payload === undefined || data.has(payload), "chain", `payload ${payload}`);
    events.push({ type, hash: payload, text: data.get(payload) });
    head = hash;
  }
  return { data, events, head };
}

/** Setup, ballots, the end of the ballots, one encrypted tally and at most decryptions after it. */
function refuseOtherOrder(events) {
  const types = events.map(({ type }) => type);
  const count = (type) => types.filter((one) => one === type).length;
  insist(count("EndBallots") === 1, "not-closed");
  insist(count("EncryptedTally") === 1, "tallies");
  const order = types.join(" ");
  const lawful = /^Setup( Ballot)* EndBallots EncryptedTally( PartialDecryption)*$/;
  insist(lawful.test(order), "order");
}

function readSetup({ text }, data) {
  const setup = JSON.parse(text);
  const part = (name) => {
    insist(data.has(setup[name]), "chain", name);
    return data.get(setup[name]);
  };
  const electionText = part("election");
  const election = JSON.parse(electionText);
  insist(election.version === 1 && election.group === GROUP, "election");
  insist(election.questions.length > 0, "election");
  const credentials = JSON.parse(part("credentials"));
  return {
    election,
    electionText,
    trustees: readTrustees(part("trustees"), election),
    credentials: new Set(credentials),
  };
}

/** The trustees' public keys; their product must be the election key, with no other in it. */
function readTrustees(text, election) {
  const keys = JSON.parse(text).map(([kind, entry]) => {
    insist(kind === "Single", "election", kind);
    return entry.public_key;
  });
  const product = keys.reduce((all, key) => (all * fromDecimal(key)) % P, 1n);
  insist(String(product) === election.public_key, "election", "key");
  return keys;
}

/** Each ballot parsed, in order: canonical, for this election, by a known code, never repeated. */
function readBallots(events, setup, fingerprint) {
  const seen = new Set();
  return events
    .filter(({ type }) => type === "Ballot")
    .map(({ hash, text }) => {
      const ballot = JSON.parse(text);
      insist(!seen.has(hash), "ballot", hash);
      insist(JSON.stringify(ballot) === text, "ballot", hash);
      insist(ballot.election_uuid === setup.election.uuid, "ballot", hash);
      insist(ballot.election_hash === fingerprint, "ballot", hash);
      insist(setup.credentials.has(ballot.credential), "ballot", hash);
      seen.add(hash);
      return ballot;
    });
}

/**
 * The product of the last ballot of each credential (4.16): for each question one {alpha, beta} for
 * each answer.
 */
export function tallyOf(ballots, questions) {
  const last = new Map(ballots.map((ballot) => [ballot.credential, ballot]));
  const tally = questions.map(({ answers }) => answers.map(() => ({ alpha: 1n, beta: 1n })));
  for (const { answers } of last.values()) {
    insist(answers.length === tally.length, "ballot");
    tally.forEach((row, place) => {
      const { choices } = answers[place];
      insist(choices.length === row.length, "ballot");
      row.forEach((cell, j) => {
        cell.alpha = (cell.alpha * fromDecimal(choices[j].alpha)) % P;
        cell.beta = (cell.beta * fromDecimal(choices[j].beta)) % P;
      });
    });
  }
  return { counted: last.size, tally };
}

const tallyText = (tally) =>
  JSON.stringify(
    tally.map((row) => row.map(({ alpha, beta }) => ({ alpha: `${alpha}`, beta: `${beta}` }))),
  );

/**
 * Read an archive that is ready for decryption.
 *
 * Returns the election, its fingerprint, the trustees' public keys, every ballot, the recomputed
 * tally, the number of ballots in it and the hash of the last event. Throws ``Distrust`` when the
 * published tally is not the product of the ballots in the archive, or anything else is amiss.
 */
export async function readArchive(bytes) {
  const { data, events, head } = await readChain(bytes);
  refuseOtherOrder(events);
  const setup = readSetup(events[0], data);
  const fingerprint = await base64Hash(setup.electionText);
  const ballots = readBallots(events, setup, fingerprint);
  const { counted, tally } = tallyOf(ballots, setup.election.questions);
  const published = JSON.parse(events.find(({ type }) => type === "EncryptedTally").text);
  insist(published.num_tallied === counted, "tally", "number");
  insist(data.get(published.encrypted_tally) === tallyText(tally), "tally");
  // A factor of small order would let the server learn the private key piece by piece.
  insist(tally.flat().every(({ alpha, beta }) => isMember(alpha) && isMember(beta)), "tally");
  return { ...setup, fingerprint, ballots, counted, tally, head };
}
