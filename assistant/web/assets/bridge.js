// The wire between the page and Gradio: one hidden component per channel, an event out and a value back.
// Knows nothing of shops.

const opened = (window.regularsChannels ??= {});

/** Resolves with the channel `name` once Gradio has mounted it: `send(data)`, and `listen(heard)` for each value. */
export function channel(name) {
  return new Promise((resolve) => {
    const look = () => {
      if (!opened[name]) return;
      window.removeEventListener("regulars-channel", look);
      resolve(opened[name]);
    };
    window.addEventListener("regulars-channel", look);
    look();
  });
}

/** A function that sends one request at a time over a channel and resolves with the answer that carries its number. */
export function caller(wire) {
  let last = Promise.resolve();
  let number = 0;
  const waiting = new Map();
  wire.listen((value) => {
    waiting.get(value?.number)?.(value);
    waiting.delete(value?.number);
  });
  return (data) => {
    const mine = ++number;
    const answer = () =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => (waiting.delete(mine), reject(new Error("no answer"))), 30000);
        waiting.set(mine, (value) => (clearTimeout(late), resolve(value)));
        wire.send({ ...data, number: mine });
      });
    return (last = last.then(answer, answer));
  };
}
