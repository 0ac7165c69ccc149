import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';

/** Whether this machine has an IP address: a datagram socket can only bind to such an address, and disturbs nobody. */
async function isOwn(address: string, family: number): Promise<boolean> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    socket.bind({ address, port: 0, exclusive: true });
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** Whether a server may listen on a host: an address of this machine, or a name that resolves to one. */
export async function isOwnHost(host: string): Promise<boolean> {
  try {
    const { address, family } = await lookup(host);
    return await isOwn(address, family);
  } catch {
    return false;
  }
}
