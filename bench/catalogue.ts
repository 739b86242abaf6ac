/** What a case is run at: how many operations, and over how long their due times are spread. */
export interface Scale {
  readonly size: number
  readonly quickSize: number
  readonly spanMs?: number
  readonly quickSpanMs?: number
  /** At most so many rounds, where one takes long. */
  readonly rounds?: number
  /** Sides that are not run at this scale, and why. */
  readonly leftOut?: Readonly<Record<string, string>>
}

export interface Case {
  /** Its folder under cases/. */
  readonly id: string
  readonly title: string
  readonly scales: readonly Scale[]
  /** Sides that run in the first round only, since one repetition takes them many seconds. */
  readonly onceOnly?: readonly string[]
  readonly limitMs: number
}

/** The sides in the order in which they run and are read; a file of another name is a side too, after these. */
export const sideOrder: readonly string[] = [
  'floor',
  'raw',
  'floor-inline',
  'floor-return',
  'yield-star',
  'native',
  'native-handover',
  'native-all',
  'native-abort',
  'native-storage',
  'effect',
  'effection',
  'piscina',
  'tinypool',
  'workerpool',
  'luajit',
  'go',
  'python',
  'python-greenlet',
  'python-gevent',
  'plait',
  'plait-sleep',
  'plait-channel',
  'plait-storage',
  'untransformed',
  'outside',
  'inside',
  'inside-assuming',
  'greenlet',
]

const MEMORY_AT_A_MILLION = 'not run: it would take 14 GB and minutes'
const TIMERS_AT_A_MILLION = 'not run: it would take many minutes'

export const cases: readonly Case[] = [
  {
    id: 'c01-switch',
    title: 'two tasks give way to each other through the scheduler: a switch',
    scales: [{ size: 400_000, quickSize: 40_000 }],
    limitMs: 60_000,
  },
  {
    id: 'c01-symmetric',
    title: 'two coroutines resumed in turn by hand: a switch',
    scales: [{ size: 2_000_000, quickSize: 100_000 }],
    limitMs: 60_000,
  },
  {
    id: 'c02-spawn',
    title: 'tasks that do nothing are spawned, then each is joined: a task',
    scales: [{ size: 100_000, quickSize: 2_000 }],
    onceOnly: ['effection'],
    limitMs: 90_000,
  },
  {
    id: 'c03-memory',
    title: 'memory of a parked, sleeping task, after a collection',
    scales: [
      { size: 100_000, quickSize: 2_000 },
      { size: 1_000_000, quickSize: 10_000, rounds: 2, leftOut: { effection: MEMORY_AT_A_MILLION } },
    ],
    onceOnly: ['effection'],
    limitMs: 120_000,
  },
  {
    id: 'c04-queue',
    title: 'items pass through bounded queues between two tasks: a round trip, an item',
    scales: [{ size: 200_000, quickSize: 2_000 }],
    limitMs: 90_000,
  },
  {
    id: 'c05-timers',
    title: 'sleepers due at random times: processor time of a timer, with its task',
    scales: [
      { size: 100_000, quickSize: 2_000, spanMs: 1_500, quickSpanMs: 150 },
      {
        size: 1_000_000,
        quickSize: 10_000,
        spanMs: 8_000,
        quickSpanMs: 300,
        rounds: 1,
        leftOut: { effection: TIMERS_AT_A_MILLION },
      },
    ],
    onceOnly: ['effection'],
    limitMs: 120_000,
  },
  {
    id: 'c06-depth',
    title: 'a task suspends in its innermost callee: a resume',
    scales: [{ size: 100_000, quickSize: 2_000 }],
    limitMs: 60_000,
  },
  {
    id: 'c07-cancel',
    title: 'sleeping tasks are cancelled and their ends awaited: a task',
    scales: [{ size: 100_000, quickSize: 2_000 }],
    onceOnly: ['native-abort', 'effection'],
    limitMs: 90_000,
  },
  {
    id: 'c08-lock',
    title: 'many tasks want one lock, and give way for a turn while they hold it: a turn with the lock',
    scales: [{ size: 100_000, quickSize: 2_000 }],
    onceOnly: ['effect'],
    limitMs: 90_000,
  },
  {
    id: 'c09-offload',
    title: 'jobs handed to a pool of two worker threads: a job, there and back',
    scales: [{ size: 5_000, quickSize: 200, rounds: 2 }],
    onceOnly: ['python'],
    limitMs: 120_000,
  },
  {
    id: 'c09-processes',
    title: 'jobs handed to a pool of two processes: a job, there and back',
    scales: [{ size: 5_000, quickSize: 200, rounds: 2 }],
    onceOnly: ['python'],
    limitMs: 120_000,
  },
  {
    id: 'c12-crawl',
    title:
      'pages of 1 KiB fetched from a server in another process that answers after 10 ms, 100 or 1,000 at a time: the whole crawl',
    scales: [{ size: 2_000, quickSize: 200 }],
    limitMs: 120_000,
  },
  {
    id: 'c13-colorless',
    title:
      'plain functions, untransformed; and with twins, called from outside a greenlet and in one: processor time',
    scales: [{ size: 32, quickSize: 20 }],
    limitMs: 300_000,
  },
  {
    id: 'c13-greenlet',
    title:
      'a greenlet gives way in a plain function some calls down: a switch, there and back; and its making; processor time',
    scales: [{ size: 400_000, quickSize: 4_000 }],
    limitMs: 60_000,
  },
  {
    id: 'c13-parked',
    title: 'memory of a parked, sleeping greenlet, after a collection',
    scales: [{ size: 100_000, quickSize: 2_000 }],
    limitMs: 60_000,
  },
  {
    id: 'c14-greenlet',
    title: 'two greenlets switch to each other by hand; one is made, switched to and ends: processor time',
    scales: [{ size: 1_000_000, quickSize: 20_000 }],
    limitMs: 90_000,
  },
  {
    id: 'c14-gevent',
    title:
      "gevent's greenlets give way through the hub; are spawned and joined; killed asleep; mapped over by a pool of 100: processor time",
    scales: [{ size: 200_000, quickSize: 4_000 }],
    limitMs: 180_000,
  },
]

/** The cases a word on the command line asks for: "7", "c07", "cancel", "c07-cancel". */
export function casesNamed(word: string): readonly Case[] {
  const number = /^c?0*(\d+)$/.exec(word)?.[1]
  const prefix = number === undefined ? undefined : `c${number.padStart(2, '0')}-`
  return cases.filter(({ id }) =>
    prefix === undefined ? id === word || id.slice(4) === word : id.startsWith(prefix),
  )
}
