import type { Host } from './host.ts'
import { LONGEST_TIMER } from './longest-timer.ts'
import { nodeContext } from './node-context.ts'

/** Node: turns in `setImmediate`, so that every drain of ours is followed by a look at timers and sockets. */
export function nodeHost(): Host {
  return {
    schedule: callback => {
      setImmediate(callback)
    },
    // The loop looks at its own deadlines when it wakes, so an early wake is only a look.
    setTimer: (callback, ms) => setTimeout(callback, Math.min(ms, LONGEST_TIMER)),
    clearTimer: timer => clearTimeout(timer as NodeJS.Timeout),
    onExhausted: ask => {
      // One listener for all: Node warns of more than ten.
      if (asked.length === 0) process.on('beforeExit', askLastFirst)
      asked.push(ask)
      return () => {
        const place = asked.indexOf(ask)
        if (place !== -1) asked.splice(place, 1)
        if (asked.length === 0) process.off('beforeExit', askLastFirst)
      }
    },
    activity: () => process.getActiveResourcesInfo(),
    asyncContext: nodeContext(),
  }
}

const asked: (() => boolean)[] = []

function askLastFirst(): void {
  for (const ask of [...asked].reverse()) if (ask()) return
}
