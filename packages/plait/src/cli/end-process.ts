/** Called when whoever reads our standard output has gone. */
const closedPipeListeners = new Set<() => void>()

/**
 * A reader that has seen enough, such as `head -1`, closes the pipe: that is no error of ours. What runs is told, so
 * that it can end; with nothing running the process simply ends.
 */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (closedPipeListeners.size === 0) process.exit(0)
    for (const listener of closedPipeListeners) listener()
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

/** Calls back when standard output is closed from the other side; gives what undoes it. */
export function onClosedPipe(listener: () => void): () => void {
  closedPipeListeners.add(listener)
  return () => closedPipeListeners.delete(listener)
}

/**
 * Ends the process once everything written has gone out. A program that has ended must not hang on a socket it
 * forgot, and its last lines must not be lost in a pipe.
 */
export async function endProcess(code: number): Promise<never> {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(code)
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writable || stream.writableLength === 0) return Promise.resolve()
  return new Promise(resolve => {
    stream.once('close', resolve)
    stream.write('', () => resolve())
  })
}
