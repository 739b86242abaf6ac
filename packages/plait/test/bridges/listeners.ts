import type { EventEmitter } from 'node:events'

/** How many listeners an emitter has, of all its events. */
export function listeners(emitter: EventEmitter): number {
  return emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0)
}

/** A target that knows how many listeners it has. */
export class CountingTarget extends EventTarget {
  listeners = 0

  override addEventListener(...all: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1
    super.addEventListener(...all)
  }

  override removeEventListener(...all: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1
    super.removeEventListener(...all)
  }
}
