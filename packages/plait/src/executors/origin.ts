import { currentLoop } from '../tasks/current.ts'
import type { EventLoop } from '../tasks/event-loop.ts'

/** The library's folder, as stacks write it: the built one has these files in one folder with the others. */
const LIBRARY: string = new URL(import.meta.url.endsWith('.ts') ? '../' : './', import.meta.url).href

/**
 * The frames of the running code that are not the library's own, in debug mode: they go on top of those that an error
 * brings from where it was thrown. Undefined in others, since taking them would cost as much as a job.
 */
export function originInDebug(): string | undefined {
  if ((currentLoop() as EventLoop).debug !== true) return undefined
  const lines = new Error().stack?.split('\n') ?? []
  const frames = lines.filter(line => line.startsWith('    at ') && !line.includes(LIBRARY))
  return frames.length === 0 ? undefined : frames.join('\n')
}
