/**
 * The stack of an error that came from elsewhere: its title, where it came from, and the frames it had there.
 *
 * ```
 * RangeError: too far
 *     at worker 2 of pool "hash"
 *     at step (file:///home/ann/hash.ts:12:11)
 * ```
 */
export function remoteStack(name: string, message: string, stack: string | undefined, where: string): string {
  const title = titleOf(name, message)
  if (stack === undefined) return `${title}\n    at ${where}`
  const own = ownTitle(name, message, stack)
  const frames = own === undefined ? framesAfterOther(message, stack) : stack.slice(own.length)
  return `${own ?? title}\n    at ${where}${frames}`
}

function titleOf(name: string, message: string): string {
  if (message === '') return name
  return name === '' ? message : `${name}: ${message}`
}

/** The title that a stack begins with, if it is still the error's; Node puts the code of its own errors inside. */
function ownTitle(name: string, message: string, stack: string): string | undefined {
  if (!stack.startsWith(name)) return undefined
  const tag = /^ \[\w+\]/.exec(stack.slice(name.length, name.length + 100))?.[0] ?? ''
  const title = titleOf(name + tag, message)
  return `${stack}\n`.startsWith(`${title}\n`) ? title : undefined
}

/** The frames under a title that is no longer the error's: its name was given to it later, or its message changed. */
function framesAfterOther(message: string, stack: string): string {
  const other = message === '' ? -1 : `${stack}\n`.indexOf(`${message}\n`)
  // A message may have lines that look like frames: what follows it is looked for first.
  if (other >= 0 && !stack.slice(0, other).includes('\n')) return stack.slice(other + message.length)
  const frame = /\n\s+at /.exec(stack)?.index ?? stack.indexOf('\n')
  return frame < 0 ? '' : stack.slice(frame)
}
