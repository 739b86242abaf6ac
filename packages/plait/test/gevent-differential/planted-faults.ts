import type { Fault } from '../differential/find-faults.ts'

/** What a port of gevent is likely to get wrong. */
export const faults: readonly Fault[] = [
  {
    what: 'timers that are due together are called in the order they were started alone',
    file: 'gevent/hub.ts',
    find: '.sort((a, b) => b.priority - a.priority)',
    replace: '',
  },
  {
    what: 'a timer that was stopped by one of the same instant is called all the same',
    file: 'gevent/hub.ts',
    find: 'if (one.isDropped) continue',
    replace: '',
  },
  {
    what: 'timers that become due meanwhile are left for later',
    file: 'gevent/hub.ts',
    find: 'if (this.loop._queueDue() || this.pendingCallbacks > 0)',
    replace: 'if (this.pendingCallbacks > 0)',
  },
  {
    what: 'a GreenletExit ends a greenlet as an error',
    file: 'gevent/greenlet.ts',
    find: 'if (error instanceof GreenletExit) {\n      this._finish',
    replace: 'if (error === undefined) {\n      this._finish',
  },
  {
    what: 'a greenlet that is killed before it begins runs all the same',
    file: 'gevent/greenlet.ts',
    find: '  _killBeforeStart(error: unknown): boolean {\n    this.#cancelStart()',
    replace: '  _killBeforeStart(error: unknown): boolean {',
  },
  {
    what: 'a kill that is outlived does not wait for the end',
    file: 'gevent/greenlet.ts',
    find: '    yield* waiter._get()\n    yield* this._join(timeout)',
    replace: '    yield* waiter._get()',
  },
  {
    what: 'those who are killed together are told of backwards',
    file: 'gevent/together.ts',
    find: 'for (const one of greenlets) {\n    if (one.done()) continue',
    replace: 'for (const one of greenlets.toReversed()) {\n    if (one.done()) continue',
  },
  {
    what: 'links are called last come first served',
    file: 'gevent/greenlet-links.ts',
    find: 'for (let link = this.#entries.shift(); link !== undefined; link = this.#entries.shift())',
    replace: 'for (let link = this.#entries.pop(); link !== undefined; link = this.#entries.pop())',
  },
  {
    what: 'a timeout of another is taken for the one of the block',
    file: 'gevent/timeout.ts',
    find: 'if (error === this && this.exception === false)',
    replace: 'if (error instanceof Timeout && this.exception === false)',
  },
  {
    what: 'a closed timeout can be started again',
    file: 'gevent/timeout.ts',
    find: 'this.#isClosed = true',
    replace: 'this.#isClosed = false',
  },
  {
    what: 'a wait for several gives one that came after the time was up',
    file: 'gevent/wait.ts',
    find: 'this.#timer = getHub().timer(this.#timeout, LATE)',
    replace: 'this.#timer = getHub().timer(this.#timeout + 1, LATE)',
  },
  {
    what: 'an event wakes nobody if it is cleared before those who have waited are called',
    file: 'gevent/linkable.ts',
    find: 'if (!this._notifyAll && !this.ready()) break',
    replace: 'if (!this.ready()) break',
  },
  {
    what: 'one who comes while others are still to be called goes before them',
    file: 'gevent/linkable.ts',
    find: 'if (this._notifier !== undefined) yield* this.#parked(this._late, false)',
    replace: '',
  },
  {
    what: 'a semaphore wakes all who wait, however few permits there are',
    file: 'gevent/semaphore.ts',
    find: 'this._notifyAll = false',
    replace: 'this._notifyAll = true',
  },
  {
    what: 'a lock is free as soon as it is released once, however often it was taken',
    file: 'gevent/rlock.ts',
    find: 'if (this.#count > 0) return',
    replace: '',
  },
  {
    what: 'a queue that is got from lets in nobody who waits to put',
    file: 'gevent/queue.ts',
    find: '    else if (this.#putters.length > 0) this.#unlockSoon()',
    replace: '',
  },
  {
    what: 'a channel hands over at once where somebody waits',
    file: 'gevent/channel.ts',
    find: 'const limit = block ? timeout : 0\n    const late = (): Error => new Empty',
    replace: 'const limit = timeout\n    const late = (): Error => new Empty',
  },
  {
    what: 'a pool has no more room when a greenlet of it has ended',
    file: 'gevent/pool.ts',
    find: '    super._discard(greenlet)\n    this.#semaphore.release()',
    replace: '    super._discard(greenlet)',
  },
  {
    what: 'results of a bounded imap are bounded by what has begun, not by what was read',
    file: 'gevent/imap.ts',
    find: 'this.#room?.release()',
    replace: '',
  },
  {
    what: 'a group that is killed kills those again that it has killed',
    file: 'gevent/group.ts',
    find: 'if (this.#dying.has(greenlet)) return',
    replace: '',
  },
]
