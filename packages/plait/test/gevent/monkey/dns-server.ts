import { createSocket, type Socket } from 'node:dgram'

/** A name server of one zone: `known.test` has an address, and nothing else is known. */
export async function nameServer(): Promise<{ address: string; close(): Promise<void> }> {
  const socket = createSocket('udp4')
  socket.on('message', (question, { port, address }) => socket.send(answerTo(question), port, address))
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return { address: `127.0.0.1:${socket.address().port}`, close: () => closed(socket) }
}

function closed(socket: Socket): Promise<void> {
  return new Promise(resolve => socket.close(resolve))
}

const NO_SUCH_NAME = 3
const KINDS: Readonly<Record<number, Buffer>> = {
  1: Buffer.from([1, 2, 3, 4]), // A
  12: Buffer.from('\u0005known\u0004test\u0000'), // PTR
  16: Buffer.from('\u0002hi'), // TXT
}

/** The question again, with the answer behind it. */
function answerTo(message: Buffer): Buffer {
  const end = message.indexOf(0, 12) + 5
  const question = message.subarray(12, end)
  const data = KINDS[question.readUInt16BE(question.length - 4)]
  const isKnown = data !== undefined && !question.includes('unknown')
  const header = Buffer.from([
    ...message.subarray(0, 2),
    0x81,
    0x80 | (isKnown ? 0 : NO_SUCH_NAME),
    0,
    1,
    0,
    isKnown ? 1 : 0,
    0,
    0,
    0,
    0,
  ])
  if (!isKnown) return Buffer.concat([header, question])
  const kind = question.subarray(-4)
  const record = Buffer.from([0xc0, 12, ...kind, 0, 0, 0, 60, 0, data.length])
  return Buffer.concat([header, question, record, data])
}
