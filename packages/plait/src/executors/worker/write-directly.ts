import { writeSync } from 'node:fs'

/**
 * Has what this worker prints written at once. Of a thread Node hands it to the main thread, which prints it when it comes
 * to it: a busy one would keep it for as long as it is busy. Of a process it would be lost with the process, where it waits
 * for a pipe that is full.
 */
export function writeDirectly(): void {
  for (const [stream, file] of [
    [process.stdout, 1],
    [process.stderr, 2],
  ] as const) {
    stream._write = (chunk: string | Uint8Array, encoding: BufferEncoding, done: (error?: Error) => void) => {
      writeAll(file, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
      done()
    }
    stream._writev = (chunks, done) => {
      for (const { chunk, encoding } of chunks as { chunk: string | Uint8Array; encoding: BufferEncoding }[])
        writeAll(file, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
      done()
    }
  }
}

const PAUSE_MS = 1
const still = new Int32Array(new SharedArrayBuffer(4))

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      // A pipe that is full; a reader that has gone is told to the main thread, which ends the program.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(still, 0, 0, PAUSE_MS)
    }
  }
}
