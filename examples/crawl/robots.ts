/** The rules of a robots.txt that hold for one crawler. */
export interface RobotRules {
  allows(path: string): boolean
}

interface Rule {
  readonly allow: boolean
  readonly pattern: string
}

/** Reads a robots.txt (RFC 9309): the group that names us, else the one for all; the longest rule decides. */
export function readRobots(text: string, agent: string): RobotRules {
  const groups = new Map<string, Rule[]>()
  let agents: string[] = []
  let inRules = false
  for (const line of text.split(/\r?\n/)) {
    const field = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line)
    if (field === null) continue
    const [, name, value] = field as unknown as [string, string, string]
    const key = name.toLowerCase()
    if (key === 'user-agent') {
      if (inRules) agents = []
      inRules = false
      agents.push(value.toLowerCase())
      if (!groups.has(value.toLowerCase())) groups.set(value.toLowerCase(), [])
    } else if (key === 'allow' || key === 'disallow') {
      inRules = true
      if (value === '') continue // "Disallow:" with nothing behind it forbids nothing
      for (const one of agents) groups.get(one)?.push({ allow: key === 'allow', pattern: value })
    }
  }
  const rules = groups.get(agent.toLowerCase()) ?? groups.get('*') ?? []
  return { allows: path => decides(rules, path)?.allow ?? true }
}

function decides(rules: readonly Rule[], path: string): Rule | undefined {
  let best: Rule | undefined
  for (const rule of rules) {
    if (!matches(rule.pattern, path)) continue
    const longer = best === undefined || rule.pattern.length > best.pattern.length
    if (longer || (rule.allow && rule.pattern.length === best?.pattern.length)) best = rule
  }
  return best
}

/** `*` stands for any text, a `$` at the end for the end of the path. Found piece by piece, left to right. */
function matches(pattern: string, path: string): boolean {
  const ends = pattern.endsWith('$')
  const [first, ...rest] = (ends ? pattern.slice(0, -1) : pattern).split('*') as [string, ...string[]]
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const [i, piece] of rest.entries()) {
    const isLast = i === rest.length - 1
    const found = ends && isLast ? path.length - piece.length : path.indexOf(piece, at)
    if (found < at || !path.startsWith(piece, found)) return false
    at = found + piece.length
  }
  return !ends || at === path.length
}
