/** An async generator of 1, 2, 3 …, each when it is let go on. */
export function gated() {
  const gates = Array.from({ length: 9 }, () => Promise.withResolvers<void>())
  const log: string[] = []
  async function* items() {
    try {
      for (let n = 1; ; n += 1) {
        log.push(`asked for ${n}`)
        await gates[n - 1]?.promise
        yield n
      }
    } finally {
      log.push('left')
    }
  }
  return { items: items(), log, open: (n: number) => gates[n - 1]?.resolve() }
}
