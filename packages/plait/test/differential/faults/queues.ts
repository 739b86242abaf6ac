import type { Fault } from './fault.ts'

const file = 'queues/queue.ts'

/** Queues: who is woken, what a cancel passes on, shutdown and join (28). */
export const queueFaults: readonly Fault[] = [
  {
    trap: 28,
    what: 'one who was woken for an item and cancelled does not pass it on',
    file,
    find: 'return !this.#queue.empty()',
    replace: 'return false',
  },
  {
    trap: 28,
    what: 'one who was woken for room and cancelled does not pass it on',
    file,
    find: 'return !this.#queue.full()',
    replace: 'return false',
  },
  {
    trap: 28,
    what: 'one who was woken does not look again when somebody was quicker',
    file: 'tasks/line-gate.ts',
    find: 'return this._attempt(place)',
    replace:
      "const had = this._attempt(place)\n      if (had === LATER) throw new Error('gone')\n      return had",
  },
  {
    trap: 28,
    what: 'an item wakes everybody who waits for one',
    file,
    find: 'this.#getting._line.releaseNext()\n  }\n\n  /**\n   * Takes the next item out, at once.',
    replace:
      'while (this.#getting._line.releaseNext());\n  }\n\n  /**\n   * Takes the next item out, at once.',
  },
  {
    trap: 28,
    what: 'taking an item wakes nobody who waits for room',
    file,
    find: 'this.#putting._line.releaseNext()\n    return item',
    replace: 'return item',
  },
  {
    trap: 28,
    what: 'a shutdown leaves those waiting who put',
    file,
    find: 'while (this.#putting._line.releaseNext());',
    replace: '',
  },
  {
    trap: 28,
    what: 'a shutdown leaves those waiting who get',
    file,
    find: 'while (this.#getting._line.releaseNext());',
    replace: '',
  },
  {
    trap: 28,
    what: 'a shutdown takes away what is still in the queue',
    file,
    find: 'if (this.empty()) {\n      if (this._isShutDown)',
    replace: 'if (this.empty() || this._isShutDown) {\n      if (this._isShutDown)',
  },
  {
    trap: 28,
    what: 'a put into a full queue that was shut down waits',
    file,
    find: 'if (this.#queue.full() && !this.#queue._isShutDown) return LATER',
    replace: 'if (this.#queue.full()) return LATER',
  },
  {
    trap: 28,
    what: 'an immediate shutdown leaves what it drops unfinished',
    file,
    find: 'this._unfinished = Math.max(0, this._unfinished - this.size)\n',
    replace: '',
  },
  {
    trap: 28,
    what: 'an immediate shutdown counts as done what was taken and is not',
    file,
    find: 'Math.max(0, this._unfinished - this.size)',
    replace: '0',
  },
  {
    trap: 28,
    what: 'an immediate shutdown wakes nobody who joins',
    file,
    find: 'if (this._unfinished === 0) this.#wakeJoiners()\n    }',
    replace: '}',
  },
  {
    trap: 28,
    what: 'join goes on at the first item that is done',
    file,
    find: 'this._unfinished -= 1\n    if (this._unfinished === 0) this.#wakeJoiners()\n  }',
    replace: 'this._unfinished -= 1\n    this.#wakeJoiners()\n  }',
  },
  {
    trap: 28,
    what: 'who joins looks again, and misses that all was done for a moment',
    file,
    find: 'override _pass(): undefined {\n    return undefined',
    replace: 'override _pass(): undefined {\n    return this._attempt() as undefined',
  },
  {
    trap: 28,
    what: 'taskDone may be called once too often',
    file,
    find: 'if (this._unfinished === 0) throw',
    replace: 'if (this._unfinished < 0) throw',
  },
  {
    trap: 28,
    what: 'equals come out of a PriorityQueue last in, first out',
    file: 'queues/priority-store.ts',
    find: 'order === 0 ? a.order < b.order',
    replace: 'order === 0 ? a.order > b.order',
  },
  {
    trap: 28,
    what: 'a PriorityQueue sorts the wrong way down the heap',
    file: 'queues/priority-store.ts',
    find: 'child += 1\n',
    replace: 'child += 0\n',
  },
  {
    trap: 28,
    what: 'a LifoQueue gives the first',
    file: 'queues/store.ts',
    find: 'this.#items.pop()',
    replace: 'this.#items.shift()',
  },
]
