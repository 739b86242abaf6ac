import { isAbsolute, relative, sep } from 'node:path'

/**
 * Whether a file is one of those that a list names: by its path or that of a folder it is in, or by a pattern. `*` stands for
 * anything within a name, `**` for any folders, `?` for one character, `{a,b}` for either.
 *
 * @param root what paths that are not absolute start from
 */
export function matcher(patterns: readonly string[], root: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const tests = patterns.map(pattern => expression(pattern, root))
  return path => {
    const absolute = slashed(path)
    const inside = slashed(relative(root, path))
    return tests.some(({ test, isWhole }) => test.test(isWhole ? absolute : inside))
  }
}

function expression(pattern: string, root: string): { test: RegExp; isWhole: boolean } {
  const isWhole = isAbsolute(pattern)
  const plain = slashed(isWhole ? pattern : relative(root, `${root}${sep}${pattern}`))
  // A path names all that is in it.
  return { test: new RegExp(`^${translated(plain)}(?:/.*)?$`, 's'), isWhole }
}

function translated(pattern: string): string {
  let text = ''
  let depth = 0
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern[i] as string
    if (character === '*' && pattern[i + 1] === '*') {
      const isFolders = pattern[i + 2] === '/'
      text += isFolders ? '(?:.*/)?' : '.*'
      i += isFolders ? 2 : 1
    } else if (character === '*') text += '[^/]*'
    else if (character === '?') text += '[^/]'
    else if (character === '{' && pattern.includes('}', i)) {
      depth += 1
      text += '(?:'
    } else if (character === '}' && depth > 0) {
      depth -= 1
      text += ')'
    } else if (character === ',' && depth > 0) text += '|'
    else text += character.replace(/[\\^$.|+()[\]{}]/, '\\$&')
  }
  return text + ')'.repeat(depth)
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
