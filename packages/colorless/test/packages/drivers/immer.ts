import {
  applyPatches,
  createDraft,
  current,
  enableMapSet,
  enablePatches,
  finishDraft,
  freeze,
  original,
  type Patch,
  produce,
  produceWithPatches,
} from 'immer'
import { randomNumbers } from '../inputs.ts'

interface Item {
  id: number
  tags: string[]
  inner: { n: number; list: { v: number }[] }
}

interface State {
  items: Item[]
  byName: Map<string, Item>
  ids: Set<number>
  count: number
}

export function input(scale: number): { size: number; rounds: number } {
  return scale === 1 ? { size: 50, rounds: 40 } : { size: 300, rounds: 200 }
}

export function run({ size, rounds }: { size: number; rounds: number }): string {
  enablePatches()
  enableMapSet()
  const random = randomNumbers(5)
  let state = freeze(begin(size), true)
  const log: string[] = []
  for (let round = 0; round < rounds; round++) {
    const [next, patches, back] = produceWithPatches(state, draft => change(draft, random, log))
    log.push(
      String(patches.length),
      text(applyPatches(next, back)),
      text(applyPatches(state, patches as Patch[])),
    )
    state = next
  }
  return [...log, text(state), text(drafts(state)), nested(state)].join('\n')
}

function begin(size: number): State {
  const items = Array.from({ length: size }, (_, id) => ({
    id,
    tags: ['a', 'b'],
    inner: { n: id, list: [{ v: 1 }, { v: 2 }] },
  }))
  return {
    items,
    byName: new Map(items.map(one => [`n${one.id}`, one])),
    ids: new Set(items.map(one => one.id)),
    count: 0,
  }
}

function change(draft: State, random: (below: number) => number, log: string[]): void {
  const item = draft.items[random(draft.items.length)] as Item
  draft.count += 1
  switch (random(6)) {
    case 0:
      item.tags.push(`t${random(9)}`)
      draft.items.push({ id: draft.items.length, tags: [], inner: { n: 0, list: [] } })
      break
    case 1:
      draft.items.splice(random(draft.items.length), 1)
      draft.ids.add(random(1000))
      break
    case 2:
      for (const one of draft.byName.values()) if (one.id % 16 === 0) one.inner.list[0] = { v: random(99) }
      break
    case 3:
      draft.byName.set(`m${random(20)}`, current(item))
      log.push(text(original(item)))
      break
    case 4:
      draft.items = current(draft.items).toSorted((a, b) => (a.inner.n % 7) - (b.inner.n % 7))
      delete (item as Partial<Item>).tags
      item.tags = []
      break
    default:
      draft.items = draft.items
        .filter(one => one.id % 31 !== 5)
        .map((one, n) => (n < 3 ? { ...one, id: n } : one))
  }
}

function drafts(state: State): State {
  const draft = createDraft(state)
  draft.items.length = 3
  return finishDraft(draft)
}

function nested(state: State): string {
  const curried = produce((draft: State, by: number) => {
    draft.count += by
    draft.items[0] = produce(draft.items[0] as Item, inner => {
      inner.inner.n = by
    })
  })
  try {
    produce(state, draft => {
      draft.count = 1
      return { ...draft, count: 2 }
    })
  } catch (error) {
    return text(curried(state, 3)) + String(error)
  }
  return text(curried(state, 4))
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Map ? [...one] : one instanceof Set ? [...one] : one,
  )
}
