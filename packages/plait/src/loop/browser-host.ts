import type { Host } from './host.ts'
import { LONGEST_TIMER } from './longest-timer.ts'

/**
 * Browsers, and other hosts with the web's timers: turns in message events, which unlike timers have no least delay
 * and let rendering and input in between.
 */
export function browserHost(): Host {
  const waiting: (() => void)[] = []
  const channel = new MessageChannel()
  channel.port1.onmessage = () => waiting.shift()?.()
  return {
    schedule: callback => {
      waiting.push(callback)
      channel.port2.postMessage(undefined)
    },
    setTimer: (callback, ms) => setTimeout(callback, Math.min(ms, LONGEST_TIMER)),
    clearTimer: timer => clearTimeout(timer as number),
  }
}
