import type { Message } from '../messages.ts'
import type { Transport } from '../transport.ts'

/** The pipe of a worker process to whoever made it. */
export class ParentTransport implements Transport {
  constructor() {
    // Ctrl-C goes to every process of the terminal: what is to become of the jobs is for the one that has the pool.
    process.on('SIGINT', () => {})
    process.on('disconnect', () => process.exit())
  }

  post(message: Message): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }

  keepAlive(isKept: boolean): void {
    if (isKept) process.channel?.ref()
    else process.channel?.unref()
  }

  listen(onMessage: (message: Message) => void): void {
    process.on('message', message => onMessage(message as Message))
  }
}
