import postcss, { type AcceptedPlugin, type Root } from 'postcss'
import { pick, randomNumbers } from '../inputs.ts'

const PROPERTIES = [
  'color',
  'margin',
  'padding',
  'width',
  'transform',
  '--own',
  'grid-template-areas',
  'background',
]
const VALUES = [
  'red',
  '0 auto',
  'calc(1px + 2em)',
  'url("a;b.png")',
  'var(--own, 3px) !important',
  '"a a" "b c"',
  'rotate(3deg) /* c */',
]
const SELECTORS = ['.a', '#b > c', 'd:not(.e)::before', '[f="g;h"]', 'i, j', '.k:hover ~ l']

/** A style sheet, nested, with comments and rules of every kind. */
export function input(scale: number): string {
  const random = randomNumbers(7)
  const declarations = (count: number): string =>
    Array.from({ length: count }, () => `  ${pick(random, PROPERTIES)}: ${pick(random, VALUES)};\n`).join('')
  const rule = (): string => `${pick(random, SELECTORS)} {\n${declarations(1 + random(5))}}\n`
  const rules = Array.from({ length: scale === 1 ? 300 : 2500 }, () => {
    switch (random(6)) {
      case 0:
        return `@media (min-width: ${random(900)}px) {\n${rule()}${rule()}}\n`
      case 1:
        return `/* ${random(1e6)} */\n@import url("x${random(9)}.css");\n`
      case 2:
        return `.out { ${declarations(1)} &:hover { ${declarations(2)} } @at-root { x { y: z } } }\n`
      default:
        return rule()
    }
  })
  return rules.join('\n')
}

const renaming: AcceptedPlugin = {
  postcssPlugin: 'renaming',
  Once(root, { result }) {
    root.walkComments(comment => {
      if (comment.text.endsWith('7')) comment.remove()
    })
    result.warn(`has ${root.nodes.length} nodes`)
  },
  Declaration: {
    color: declaration => {
      if (declaration.value === 'red') declaration.value = 'blue'
    },
    '*': declaration => {
      if (declaration.prop === 'width') declaration.cloneBefore({ prop: 'max-width' })
      if (declaration.prop === 'max-width' && declaration.value !== 'none') declaration.value = 'none'
    },
  },
  Rule(rule, { Declaration }) {
    if (rule.selector === '.a' && !rule.some(node => node.type === 'decl' && node.prop === 'added'))
      rule.append(new Declaration({ prop: 'added', value: String(rule.nodes.length) }))
    rule.selectors = rule.selectors.map(selector => selector.replace('#b', '#bb'))
  },
  AtRule: {
    media(atRule) {
      atRule.params = atRule.params.replaceAll('px', 'em')
    },
  },
  OnceExit(root) {
    root.walkDecls(/^--/, declaration => {
      declaration.prop = '--renamed'
    })
  },
}

// `css` of a result that is not there yet is a getter of another module, which a call of `stringify()` is not.
interface Lazy {
  stringify(): { css: string; root: Root; messages: { text?: string }[] }
}

export function run(css: string): string {
  const lazy = postcss([renaming]).process(css, {
    from: 'in.css',
    to: 'out.css',
    map: { inline: false, annotation: false },
  })
  const { css: output, root, messages } = (lazy as unknown as Lazy).stringify()
  const again = postcss.parse(output)
  return [
    output,
    again.toString() === output,
    JSON.stringify(messages.map(one => one.text)),
    shape(root),
    errors(),
  ].join('\n')
}

function shape(root: Root): string {
  const counts: Record<string, number> = {}
  root.walk(node => {
    counts[node.type] = (counts[node.type] ?? 0) + 1
  })
  root.walkRules(/^\./, rule => {
    counts[rule.selector] = (counts[rule.selector] ?? 0) + rule.nodes.length
  })
  return JSON.stringify([counts, postcss.list.comma('a, b(c, d), "e,f"'), postcss.list.space('a  b(c d) e')])
}

function errors(): string {
  return ['a { b: "c', '} a {}', 'a { b }', 'a { :c }', '/* open', '@x (a']
    .map(css => {
      try {
        return postcss.parse(css).toString()
      } catch (error) {
        return String(error)
      }
    })
    .join('\n')
}
