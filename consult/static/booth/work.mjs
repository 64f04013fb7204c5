// Hand a task to a module worker and wait for its answer: heavy arithmetic must not freeze a page.

/** A function (task, asked, progress?) => Promise of the worker's result; one task at a time. */
export function startWorker(url) {
  const worker = new Worker(url, { type: "module" });
  return (task, asked, progress = () => {}) =>
    new Promise((resolve, reject) => {
      worker.onerror = () => reject(new Error("the worker does not start"));
      worker.onmessage = ({ data }) => {
        if (data.progress) progress(data.progress);
        else if (data.error) reject(Object.assign(new Error(data.error), { reason: data.reason }));
        else resolve(data.result);
      };
      worker.postMessage({ task, ...asked });
    });
}

/** The worker's side: answer each message with the task of that name. */
export function answerWith(tasks) {
  self.onmessage = async ({ data }) => {
    const progress = (done, total) => self.postMessage({ progress: { done, total } });
    try {
      self.postMessage({ result: await tasks[data.task](data, progress) });
    } catch (error) {
      self.postMessage({ error: error.message || "unknown", reason: error.reason });
    }
  };
}
