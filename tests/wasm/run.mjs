// node run.mjs MODULE.wasm: runs a wasm32-wasi program that only writes to its standard streams. The few calls of
// the system interface that it needs are written out here, because node's own WASI module is experimental in
// Debian 12's node 18.
import {readFileSync, writeSync} from 'node:fs';
import {argv, exit} from 'node:process';

const ENOSYS = 52;
let memory;

class Exit extends Error {
  constructor(status) {
    super(`exit ${status}`);
    this.status = status;
  }
}

function writeAll(fd, bytes) {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

const calls = {
  fd_write(fd, vectors, count, written) {
    const view = new DataView(memory.buffer);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const from = view.getUint32(vectors + 8 * i, true);
      const length = view.getUint32(vectors + 8 * i + 4, true);
      writeAll(fd, new Uint8Array(memory.buffer, from, length));
      total += length;
    }
    view.setUint32(written, total, true);
    return 0;
  },
  fd_fdstat_get(fd, status) {  // a character device: standard output is flushed line by line
    new Uint8Array(memory.buffer, status, 24).fill(0);
    new DataView(memory.buffer).setUint8(status, 2);
    return fd <= 2 ? 0 : 8;
  },
  proc_exit(status) { throw new Exit(status); },
};
for (const name of ['args', 'environ']) {  // no arguments, no environment
  calls[`${name}_get`] = () => 0;
  calls[`${name}_sizes_get`] = (count, size) => {
    new DataView(memory.buffer).setUint32(count, 0, true);
    new DataView(memory.buffer).setUint32(size, 0, true);
    return 0;
  };
}

const module = new WebAssembly.Module(readFileSync(argv[2]));
const imports = {};
for (const {module: from, name} of WebAssembly.Module.imports(module)) {
  (imports[from] ??= {})[name] = calls[name] ?? (() => ENOSYS);
}
const instance = new WebAssembly.Instance(module, imports);
memory = instance.exports.memory;
try {
  instance.exports._start();
} catch (stopped) {
  if (!(stopped instanceof Exit)) throw stopped;
  exit(stopped.status);
}
