// All that the booth sends: the public half of a code, and a ballot. Nothing else leaves the
// device, and neither of the two tells the code or the choice.

const PATIENCE = 20_000;
const PAUSES = [1_000, 2_000, 4_000, 8_000];

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function post(url, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      credentials: "omit",
      signal: stop.signal,
    });
    return { status: response.status, told: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, told: {} };
  } finally {
    clearTimeout(timer);
  }
}

/** {known, voted}, or {error: "unknown" | "tries" | "offline", seconds?}. */
export async function askAbout(url, credential) {
  const { status, told } = await post(url, JSON.stringify({ credential }));
  if (status === 200) return told;
  if (status === 429) return { error: "tries", seconds: told.seconds };
  return { error: status === 404 ? "unknown" : "offline" };
}

/**
 * Send a ballot until there is an answer: {receipt}, {refused: code} or {} when nobody answers.
 *
 * The very same bytes each time: a ballot that arrived while its answer got lost gives the same
 * receipt again, and never counts twice.
 */
export async function cast(url, ballot, again) {
  for (const rest of [...PAUSES, 0]) {
    const { status, told } = await post(url, ballot);
    if (status === 201) return { receipt: told };
    if (status >= 400 && status < 500 && status !== 429) return { refused: told.code ?? "" };
    if (rest > 0) {
      again();
      await pause(rest);
    }
  }
  return {};
}
