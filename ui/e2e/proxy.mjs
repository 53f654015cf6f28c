// SPDX-License-Identifier: Apache-2.0
// Between the browser and the site: passes everything on, and can cut what is a WebSocket.
import { connect, createServer } from 'node:net';

export async function openProxy(site) {
  const target = new URL(site);
  const sockets = new Set();
  const upgraded = new Set();
  let refusing = false;
  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    const close = () => {
      for (const socket of [client, upstream]) {
        sockets.delete(socket);
        socket.destroy();
      }
      upgraded.delete(close);
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', close);
      socket.on('close', close);
    }
    client.on('data', (chunk) => {
      if (/^GET \S*\/ws\?/.test(chunk.subarray(0, 200).toString('latin1'))) upgraded.add(close);
    });
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Cuts every WebSocket; answers how many there were. */
    cut() {
      const all = [...upgraded];
      for (const close of all) close();
      return all.length;
    },
    /** As if the server had stopped: nothing gets through, and what was open is cut. */
    refuse(on) {
      refusing = on;
      if (on) for (const socket of [...sockets]) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(done));
    },
  };
}
