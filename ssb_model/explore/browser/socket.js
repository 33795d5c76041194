// The line to the server: says states, hears what shows them, and comes back when it was cut.
const AGAIN = 1500; // ms

export function connect(heard, cut) {
  let socket = null, waiting = null;
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/socket`);
    socket.onopen = () => { cut(""); flush(); };
    socket.onmessage = event => heard(JSON.parse(event.data, unpacked));
    socket.onclose = event => {
      cut(event.reason || "The page has lost ssb explore: it goes on when that runs again.");
      setTimeout(open, AGAIN);
    };
  };
  const flush = () => {
    if (waiting !== null && socket.readyState === WebSocket.OPEN) {
      socket.send(waiting);
      waiting = null;
    }
  };
  open();
  return { say: text => { waiting = text; requestAnimationFrame(flush); } };
}

// arrays come as base64 of single precision; one of two dimensions is BokehJS's own kind
export function unpacked(_, value) {
  if (value === null || typeof value !== "object" || value.f4 === undefined) return value;
  const bytes = Uint8Array.from(atob(value.f4), letter => letter.charCodeAt(0));
  if (value.shape.length === 1) return new Float32Array(bytes.buffer);
  const { ndarray } = Bokeh.require("core/util/ndarray");
  return ndarray(bytes.buffer, { dtype: "float32", shape: value.shape });
}
